/** Where the admin was: a node of the tree, or a run. */
export interface VisitedPlace {
  readonly screen: 'console' | 'run';
  readonly node: string;
  readonly pane: 'tree' | 'table' | 'detail';
  /** The run that was watched; null on the console's own screen. */
  readonly runId: string | null;
}

/** The places before and after this one, the nearest last, as the jump list of vim. */
export interface History {
  readonly back: readonly VisitedPlace[];
  readonly forward: readonly VisitedPlace[];
}

export const emptyHistory: History = { back: [], forward: [] };

const longest = 50;

const isSamePlace = (a: VisitedPlace | undefined, b: VisitedPlace): boolean =>
  a !== undefined && a.screen === b.screen && a.node === b.node && a.runId === b.runId;

const pushed = (places: readonly VisitedPlace[], place: VisitedPlace): readonly VisitedPlace[] =>
  isSamePlace(places.at(-1), place) ? places : [...places, place].slice(-longest);

/** `place` is left for one that was not come from by going back: what was ahead is gone. */
export const left = (history: History, place: VisitedPlace): History => ({
  back: pushed(history.back, place),
  forward: [],
});

/** Goes one place back or forward from `here`; null: there is none. */
export function stepped(
  history: History,
  here: VisitedPlace,
  way: 'back' | 'forward',
): { readonly history: History; readonly to: VisitedPlace } | null {
  const from = history[way].filter((place) => !isSamePlace(place, here));
  const to = from.at(-1);
  if (to === undefined) return null;
  const other = way === 'back' ? 'forward' : 'back';
  const after = { [way]: from.slice(0, -1), [other]: pushed(history[other], here) };
  return { history: { ...history, ...after }, to };
}
