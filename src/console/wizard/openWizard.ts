import type { ConsoleContext } from '../consoleContext.ts';
import { createWizard } from './createWizard.ts';
import { dispatchWizard, wizardContextOf } from './wizardRuntime.ts';
import type { WizardStart } from './wizardState.ts';

let opened = 0;

/** Opens the wizard over the workspace (B9, B61). Devices that were marked in the console are marked in it. */
export function openWizard(
  context: ConsoleContext,
  start: WizardStart,
  markedDeviceIds: readonly string[] = [],
): void {
  opened += 1;
  const state = context.getState();
  const order = { id: opened, start, language: state.ui.language, markedDeviceIds };
  dispatchWizard(context, { type: 'open', wizard: createWizard(order, wizardContextOf(state)) });
}
