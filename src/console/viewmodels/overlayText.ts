import { failureText } from '../../i18n/failureText.ts';
import type { Translate } from '../../i18n/translate.ts';
import { sanitiseLine } from '../../shared/sanitise.ts';
import { keyContexts } from '../keys/keyContexts.ts';
import { centred, type Layout } from '../layout.ts';
import type { ConsoleState } from '../state/consoleState.ts';
import type { Overlay, ReportLine } from '../state/overlay.ts';
import { say } from '../state/words.ts';
import type { Glyphs } from '../terminal/glyphs.ts';
import { type StyledLine, span } from '../terminal/roles.ts';
import type { Rect } from '../widgets/Place.tsx';
import { wrapCells } from '../widgets/wrapCells.ts';
import { buildDetails } from './detailLines.ts';
import { buildHelp } from './helpLines.ts';

export type TextOverlay = Extract<Overlay, { kind: 'report' | 'details' | 'help' }>;

/** A box of text as large as its text and the screen allow, and the part of it that is in sight. */
export interface OverlayText {
  readonly rect: Rect;
  readonly lines: readonly StyledLine[];
  /** First line in sight, kept inside the text. */
  readonly top: number;
  readonly inSight: number;
}

export function buildOverlayText(
  state: ConsoleState,
  overlay: TextOverlay,
  layout: Layout,
  context: { readonly t: Translate; readonly glyphs: Glyphs },
): OverlayText {
  const width = Math.min(layout.body.width - 4, 110);
  const lines = linesOf(state, overlay, context, width - 4);
  const rect = centred(layout.body, width, Math.min(lines.length + 2, layout.body.height - 2));
  const inSight = rect.height - 2;
  const top = Math.max(0, Math.min(overlay.top, lines.length - inSight));
  return { rect: { ...rect, y: rect.y + layout.body.y }, lines, top, inSight };
}

function linesOf(
  state: ConsoleState,
  overlay: TextOverlay,
  { t, glyphs }: { readonly t: Translate; readonly glyphs: Glyphs },
  width: number,
): readonly StyledLine[] {
  switch (overlay.kind) {
    case 'help':
      return buildHelp(t, width, keyContexts({ ...state, ui: { ...state.ui, overlays: [] } }));
    case 'report':
      return overlay.lines.flatMap((line) => reportLines(line, t, width));
    case 'details':
      return buildDetails(state, width, glyphs);
  }
}

function reportLines({ content, role }: ReportLine, t: Translate, width: number): StyledLine[] {
  const wrapped = (text: string, as = role) =>
    wrapCells(text, width).map((line): StyledLine => [span(line, as)]);
  if ('plain' in content) return wrapped(sanitiseLine(content.plain));
  if (!('failure' in content)) return wrapped(say(t, content));
  const { message, next } = failureText(t, content.failure);
  const before = content.before === null ? '' : `${say(t, content.before)} `;
  return [...wrapped(before + message), ...wrapped(`  ${next}`, 'muted')];
}
