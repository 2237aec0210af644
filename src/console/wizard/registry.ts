import { accountsStep } from './steps/accountsStep.ts';
import { devicesStep } from './steps/devicesStep.ts';
import { licenseStep } from './steps/licenseStep.ts';
import { packageStep } from './steps/packageStep.ts';
import { restartStep } from './steps/restartStep.ts';
import { settingsStep } from './steps/settingsStep.ts';
import { startStep } from './steps/startStep.ts';
import { isEditing, type StepId, type WizardState } from './wizardState.ts';
import type { WizardStep } from './wizardStep.ts';

/** Every window, in order: adding one is a file in steps/ and a line here. */
export const wizardSteps: readonly WizardStep[] = [
  packageStep,
  devicesStep,
  settingsStep,
  licenseStep,
  restartStep,
  accountsStep,
  startStep,
];

const byId = new Map(wizardSteps.map((step) => [step.id, step]));

export const stepOf = (id: StepId): WizardStep => byId.get(id)!;

/** The windows that this wizard shows. An editor begins with the task as a whole: its name and its summary. */
export function shownSteps(state: WizardState): readonly WizardStep[] {
  const shown = wizardSteps.filter((step) => step.isShown(state));
  return isEditing(state) ? [startStep, ...shown.filter((step) => step !== startStep)] : shown;
}

/** The window before (-1) or after (1); null: there is none. */
export function neighbourStep(state: WizardState, by: -1 | 1): WizardStep | null {
  const shown = shownSteps(state);
  return shown[shown.findIndex(({ id }) => id === state.step) + by] ?? null;
}
