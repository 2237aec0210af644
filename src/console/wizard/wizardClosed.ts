import type { Submitted, Transition, WizardState } from './wizardState.ts';
import { emptyAccountForm, emptyLicenseForm } from './wizardValues.ts';

/** The end: no secret stays in the state that is about to be dropped. */
export const wizardClosed = (state: WizardState, submitted: Submitted | null): Transition => [
  { ...state, busy: null, values: { ...state.values, ...emptyAccountForm, ...emptyLicenseForm } },
  { kind: 'close', submitted },
];
