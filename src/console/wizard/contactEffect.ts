import type { TaskSettings } from '../../domain/model.ts';
import { includedAccounts } from './accountOrder.ts';
import { begunCheck, spentOn } from './deviceChecks.ts';
import { plannedLicense } from './licenseChoice.ts';
import { chosenPackage } from './packageChoice.ts';
import { sampleKey, sampleOf } from './sampleDevices.ts';
import { packageOrder } from './submitPlan.ts';
import { type ChosenTargets, chosenTargets, targetCount } from './targetChoice.ts';
import { taskSettingsOf } from './taskSettingsOf.ts';
import type { Contact } from './wizardEffect.ts';
import type { Transition, WizardContext, WizardState } from './wizardState.ts';

const mostContacted = 10_000;

function contactOf(
  state: WizardState,
  context: WizardContext,
  { devices, newDevices }: ChosenTargets,
): Contact & { readonly hostKeyPolicy: TaskSettings['hostKeyPolicy'] } {
  const deviceIds = devices.slice(0, mostContacted).map(({ id }) => id);
  const accountIds =
    state.values.accountMode === 'none'
      ? []
      : includedAccounts(state, context.model.accounts).map(({ id }) => id);
  return {
    deviceIds,
    newDevices: newDevices.slice(0, Math.max(0, mostContacted - devices.length)),
    accountIds,
    spent: spentOn(state, deviceIds, accountIds, context),
    hostKeyPolicy: state.values.hostKeyPolicy || 'strict',
  };
}

/** B100: asks every target for its host key. */
export const scanKeys = (state: WizardState, context: WizardContext): Transition => [
  { ...state, scannedKeys: null },
  { kind: 'scanHostKeys', ...contactOf(state, context, chosenTargets(state, context)) },
];

/** B3, B47: logs in to a few of the devices, beside the wizard. */
export function tryAccounts(state: WizardState, context: WizardContext): Transition {
  const sample = sampleOf(state, context);
  const trial = begunCheck(state.trial, targetCount(sample));
  return [
    // What is learned from the devices must not choose others the next time.
    { ...state, trial, trialDevices: new Set([...sample.devices, ...sample.newDevices].map(sampleKey)) },
    {
      kind: 'tryAccounts',
      wizardId: state.id,
      check: trial.number,
      ...contactOf(state, context, sample),
      packageId: chosenPackage(state, context)?.id ?? null,
    },
  ];
}

/** The package may be given its license only when the task is made. */
function plannedSettings(state: WizardState, context: WizardContext): TaskSettings {
  const license = plannedLicense(state, context);
  return { ...taskSettingsOf(state, context), ...(license !== undefined && { license }) };
}

/** B91: asks every device what the task would do to it, beside the wizard. */
export function planDevices(state: WizardState, context: WizardContext): Transition {
  const targets = chosenTargets(state, context);
  const plan = begunCheck(state.plan, targetCount(targets));
  return [
    { ...state, plan },
    {
      kind: 'planDevices',
      wizardId: state.id,
      check: plan.number,
      ...contactOf(state, context, targets),
      package: packageOrder(state),
      settings: plannedSettings(state, context),
    },
  ];
}
