import type { ConsoleState } from './consoleState.ts';
import type { VisitedPlace } from './history.ts';

/** Where the admin is now. */
export const placeOf = ({ ui, run }: Pick<ConsoleState, 'ui' | 'run'>): VisitedPlace => ({
  screen: ui.screen,
  node: ui.node,
  pane: ui.pane,
  runId: ui.screen === 'run' ? (run?.runId ?? null) : null,
});
