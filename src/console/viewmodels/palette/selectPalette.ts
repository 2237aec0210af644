import { searchForm } from '../../../shared/searchForm.ts';
import type { ConsoleState } from '../../state/consoleState.ts';
import { translate } from '../translate.ts';
import { bestOf, fuzzyScore } from './fuzzy.ts';
import { type PaletteAction, paletteActions } from './paletteActions.ts';
import { type PaletteObject, paletteObjects } from './paletteObjects.ts';

export type PaletteItem = PaletteAction | PaletteObject;
export const isAction = (item: PaletteItem): item is PaletteAction => 'action' in item;

const mostShown = 200;
/** What was chosen lately stands before what fits a little better. */
const recentBonus = 120;
/** `in` is looked for among a dozen actions before ten thousand devices. */
const actionBonus = 60;

let kept: { readonly key: readonly unknown[]; readonly items: readonly PaletteItem[] } | null = null;

/** What the palette lists for what was typed, the best first; without a word what was chosen lately, then all actions. */
export function selectPalette(state: ConsoleState, typed: string): readonly PaletteItem[] {
  const t = translate(state.ui.language);
  const actions = paletteActions(state, t);
  const objects = paletteObjects(state.model.collections);
  const key = [typed, actions, objects, state.ui.recent, t];
  if (kept?.key.every((one, i) => one === key[i])) return kept.items;
  const items = listed(typed, actions, objects, state.ui.recent, (object) => searchForm(t(object.kind)));
  kept = { key, items };
  return items;
}

function listed(
  typed: string,
  actions: readonly PaletteAction[],
  objects: readonly PaletteObject[],
  recent: readonly string[],
  kindOf: (object: PaletteObject) => string,
): readonly PaletteItem[] {
  const words = searchForm(typed).split(/\s+/).filter(Boolean);
  if (words.length === 0) return withoutWords(actions, objects, recent);
  const places = new Map(recent.map((id, place) => [id, place]));
  return bestOf<PaletteItem>(
    [...actions, ...objects],
    (item) => {
      const own = fuzzyScore(item.text, words);
      // `device web1`: the kind's name may be one of the words.
      const score = own ?? (isAction(item) ? null : fuzzyScore(`${item.text} ${kindOf(item)}`, words));
      if (score === null) return null;
      return score + (places.has(item.id) ? recentBonus : 0) + (isAction(item) ? actionBonus : 0);
    },
    mostShown,
  );
}

function withoutWords(
  actions: readonly PaletteAction[],
  objects: readonly PaletteObject[],
  recent: readonly string[],
): readonly PaletteItem[] {
  const wanted = new Set(recent);
  const byId = new Map<string, PaletteItem>();
  for (const item of [...actions, ...objects]) if (wanted.has(item.id)) byId.set(item.id, item);
  const first = recent.flatMap((id) => byId.get(id) ?? []);
  return [...first, ...actions.filter(({ id }) => !wanted.has(id))];
}
