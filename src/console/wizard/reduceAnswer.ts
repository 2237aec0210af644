import type { Failure } from '../../domain/failure.ts';
import { fieldOfAccountFailure, withoutAccountForm } from './accountForm.ts';
import { orderedAccounts } from './accountOrder.ts';
import { type DeviceCheck, spentAfter, stopped } from './deviceChecks.ts';
import { fieldOfLicenseFailure, withoutLicenseForm } from './licenseForm.ts';
import { goNext, refused, saveRefused } from './reduceSteps.ts';
import { wizardClosed } from './wizardClosed.ts';
import type { CheckEffect } from './wizardEffect.ts';
import { focusOn, windowFields } from './wizardFocus.ts';
import type { Transition, WizardAnswer, WizardContext, WizardState } from './wizardState.ts';

const idle = (state: WizardState): WizardState => ({ ...state, busy: null });

/** A refusal in the window where it was asked for; elsewhere nobody would understand it. */
function failedAt(
  state: WizardState,
  step: WizardState['step'],
  field: string,
  failure: Failure,
  context: WizardContext,
): Transition {
  if (state.step !== step) return [idle(state), null];
  return [refused(idle(state), [{ field, words: failure }], context), null];
}

/** The check with this number, changed; what a stopped one still learned is dropped. */
function changedCheck(
  state: WizardState,
  kind: CheckEffect['kind'],
  number: number,
  change: (check: DeviceCheck) => DeviceCheck,
): WizardState {
  const field = kind === 'tryAccounts' ? 'trial' : 'plan';
  const check = state[field];
  if (check === null || check.number !== number || !check.isRunning) return state;
  return { ...state, [field]: change(check) };
}

type Answers = {
  readonly [T in WizardAnswer['type']]: (
    state: WizardState,
    answer: Extract<WizardAnswer, { readonly type: T }>,
    context: WizardContext,
  ) => Transition;
};

const answers: Answers = {
  packageInspected(state, { path, outcome }, context) {
    if (!outcome.ok) return failedAt(state, 'package', 'packagePath', outcome.failure, context);
    const values = { ...state.values, packagePath: path };
    const known = { ...idle(state), values, seenPackage: { path, seen: outcome.value } };
    return state.step === 'package' ? goNext(known, context) : [known, null];
  },
  pathSeen(state, { field, seen, list }) {
    const known = { ...state, pathsSeen: { ...state.pathsSeen, [field]: seen } };
    return [list === null ? known : { ...known, addressFile: { path: seen.path, list } }, null];
  },
  addressFileRead(state, { path, outcome }, context) {
    if (!outcome.ok) return failedAt(state, 'devices', 'addressFile', outcome.failure, context);
    const read = { ...idle(state), addressFile: { path, list: outcome.value } };
    return state.step === 'devices' ? goNext(read, context) : [read, null];
  },
  accountSaved(state, { outcome, unreadable }, context) {
    if (!outcome.ok) {
      return failedAt(
        state,
        'accounts',
        unreadable ?? fieldOfAccountFailure(outcome.failure),
        outcome.failure,
        context,
      );
    }
    const { id } = outcome.value.account;
    const order = orderedAccounts(state.accountOrder, context.model.accounts).map((account) => account.id);
    const next = {
      ...withoutAccountForm(idle(state)),
      problems: [],
      accountOrder: [...order.filter((other) => other !== id), id],
      includedAccountIds: state.includedAccountIds.union(new Set([id])),
    };
    return [
      state.step === 'accounts' ? focusOn(next, windowFields(next, context), 'addAccount') : next,
      null,
    ];
  },
  licenseSaved(state, { outcome, isFileRefused }, context) {
    if (!outcome.ok) {
      const field = isFileRefused ? 'licenseKeyFile' : fieldOfLicenseFailure(outcome.failure);
      return failedAt(state, 'license', field, outcome.failure, context);
    }
    const folded = withoutLicenseForm(idle(state));
    const values = { ...folded.values, license: 'select', licenseId: outcome.value.license.id } as const;
    const next = { ...folded, values, problems: [] };
    return [state.step === 'license' ? focusOn(next, windowFields(next, context), 'licenses') : next, null];
  },
  hostKeysScanned(state, { outcome }, context) {
    if (!outcome.ok) return failedAt(state, 'accounts', 'scanHostKeys', outcome.failure, context);
    return [{ ...idle(state), scannedKeys: outcome.value }, null];
  },
  hostKeysTrusted(state, { outcome }, context) {
    if (!outcome.ok) return failedAt(state, 'accounts', 'trustHostKeys', outcome.failure, context);
    const next = idle(state);
    return [
      state.step === 'accounts' ? focusOn(next, windowFields(next, context), 'scanHostKeys') : next,
      null,
    ];
  },
  devicesChecked(state, { kind, check, rows, tried }, context) {
    const known = { ...state, spentAccounts: spentAfter(state.spentAccounts, rows, tried, context) };
    return [changedCheck(known, kind, check, (one) => ({ ...one, rows: [...one.rows, ...rows] })), null];
  },
  taskSaved(state, { outcome }, context) {
    return outcome.ok ? wizardClosed(state, null) : saveRefused(idle(state), outcome.failure, context);
  },
  checkEnded: (state, { kind, check, outcome }) => [
    changedCheck(state, kind, check, (one) => ({
      ...stopped(one),
      failure: outcome.ok ? null : outcome.failure,
    })),
    null,
  ],
  submitReached: (state, { phase }) => [
    { ...state, submission: { ...state.submission, phase, failure: null } },
    null,
  ],
  submitMade: (state, { made }) => [
    { ...state, submission: { ...state.submission, made: { ...state.submission.made, ...made } } },
    null,
  ],
  submitted(state, { outcome }) {
    if (outcome.ok) return wizardClosed(state, outcome.value);
    const submission = { ...state.submission, phase: null, failure: outcome.failure };
    return [{ ...idle(state), submission, focus: 'next' }, null];
  },
};

/** What the outside world answered to an effect of this wizard. */
export function reduceAnswer(state: WizardState, answer: WizardAnswer, context: WizardContext): Transition {
  const reduce = answers[answer.type] as (
    state: WizardState,
    answer: WizardAnswer,
    context: WizardContext,
  ) => Transition;
  return reduce(state, answer, context);
}
