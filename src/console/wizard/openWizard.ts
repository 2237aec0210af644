import type { ConsoleContext } from '../consoleContext.ts';
import { createWizard } from './createWizard.ts';
import { restoredWizard, type WizardDraft } from './wizardDraft.ts';
import { dispatchWizard, wizardContextOf } from './wizardRuntime.ts';
import type { WizardBase, WizardStart } from './wizardState.ts';

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

/** Opens a task's windows: to change it, or to make another one like it. */
export function openTaskWizard(context: ConsoleContext, taskId: string, use: WizardBase['use']): void {
  const state = context.getState();
  const task = state.model.collections.tasks.get(taskId);
  if (task === undefined) return;
  opened += 1;
  const { targets } = task;
  const order = {
    id: opened,
    start: targets.kind === 'group' ? targets : ({ kind: 'nothing' } as const),
    language: state.ui.language,
    markedDeviceIds: targets.kind === 'devices' ? targets.deviceIds : [],
    base: { use, task },
  };
  dispatchWizard(context, { type: 'open', wizard: createWizard(order, wizardContextOf(state)) });
}

/** Goes on with a wizard that an earlier console has left behind. */
export function openDraft(context: ConsoleContext, draft: WizardDraft): void {
  opened += 1;
  const state = context.getState();
  const order = { id: opened, language: state.ui.language };
  dispatchWizard(context, { type: 'open', wizard: restoredWizard(order, draft, wizardContextOf(state)) });
}
