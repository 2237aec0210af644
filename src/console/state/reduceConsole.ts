import type { Action } from './actions.ts';
import type { ConsoleState } from './consoleState.ts';
import { reduceModel } from './reduceModel.ts';
import { reduceRun } from './reduceRun.ts';
import { reduceUi } from './reduceUi.ts';

/** The whole state after an action. Parts that did not change keep their reference. */
export function reduceConsole(state: ConsoleState, action: Action): ConsoleState {
  const model = reduceModel(state.model, action);
  const run = reduceRun(state.run, action);
  const ui = reduceUi(state.ui, action);
  const wizard =
    action.type === 'wizard/changed' ? action.change(state.wizard, { ...state, model }) : state.wizard;
  if (model === state.model && run === state.run && ui === state.ui && wizard === state.wizard) return state;
  return { model, run, ui, wizard };
}
