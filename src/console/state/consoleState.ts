import type { WizardState } from '../wizard/wizardState.ts';
import type { ModelState } from './modelState.ts';
import type { RunWatch } from './runState.ts';
import type { UiState } from './uiState.ts';

/**
 * Everything that the console draws.
 *
 * The wizard's folder gives the console three things: `Wizard.tsx` (`<Wizard width height/>`, drawn over the whole
 * workspace, reading the store by `useConsole`), `keys.ts` (`handleWizardKey(state, event, context)`: the actions
 * that follow from a key, null when the key is none of its own) and `openWizard.ts`
 * (`openWizard(context, start: WizardStart, markedDeviceIds?)`). At its end it calls `context.openRun(runId)`.
 */
export interface ConsoleState {
  readonly model: ModelState;
  /** The run that is watched; null: none. */
  readonly run: RunWatch | null;
  readonly ui: UiState;
  /** Not null: the wizard covers the whole workspace and takes the keys. */
  readonly wizard: WizardState | null;
}
