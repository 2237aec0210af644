import type { Action } from './actions.ts';
import type { ConsoleState } from './consoleState.ts';
import { left } from './history.ts';
import { placeOf } from './placeOf.ts';
import { reduceModel } from './reduceModel.ts';
import { reduceRun } from './reduceRun.ts';
import { reduceUi } from './reduceUi.ts';

/** The whole state after an action. Parts that did not change keep their reference. */
export function reduceConsole(state: ConsoleState, action: Action): ConsoleState {
  const model = reduceModel(state.model, action);
  const run = reduceRun(state.run, action);
  const ui = reduceUi(withPlaceLeft(state, action), action);
  const wizard =
    action.type === 'wizard/changed' ? action.change(state.wizard, { ...state, model }) : state.wizard;
  if (model === state.model && run === state.run && ui === state.ui && wizard === state.wizard) return state;
  return { model, run, ui, wizard };
}

/** Opening a run is a jump, whoever asks for it: there is a way back to where it was opened. */
function withPlaceLeft(state: ConsoleState, action: Action): ConsoleState['ui'] {
  if (action.type !== 'run/open') return state.ui;
  return { ...state.ui, history: left(state.ui.history, placeOf(state)) };
}
