import type { Translate } from '../../i18n/translate.ts';
import { sanitiseLine } from '../../shared/sanitise.ts';
import type { Overlay } from '../state/overlay.ts';
import { say, words } from '../state/words.ts';

export type PickOverlayState = Extract<Overlay, { kind: 'pick' }>;

export interface PickItem {
  /** Null: what was typed, as a new entry. */
  readonly id: string | null;
  readonly label: string;
}

/** The items that hold every word that was typed, and what was typed itself where none is called so. */
export function buildPickItems(overlay: PickOverlayState, t: Translate): readonly PickItem[] {
  const typed = overlay.query.text.trim();
  const parts = typed.toLowerCase().split(/\s+/);
  const all = overlay.items.map(({ id, label }) => ({
    id,
    label: 'plain' in label ? sanitiseLine(label.plain) : say(t, label),
  }));
  const found = all.filter(({ label }) => parts.every((part) => label.toLowerCase().includes(part)));
  const isNew = typed !== '' && !all.some(({ label }) => label.toLowerCase() === typed.toLowerCase());
  if (overlay.newItem === null || !isNew) return found;
  return [...found, { id: null, label: say(t, words(overlay.newItem, { name: typed })) }];
}
