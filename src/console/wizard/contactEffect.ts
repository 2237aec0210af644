import { includedAccounts } from './accountOrder.ts';
import { chosenPackage } from './packageChoice.ts';
import type { ChosenTargets } from './targetChoice.ts';
import type { WizardEffect } from './wizardEffect.ts';
import type { WizardContext, WizardState } from './wizardState.ts';

const sampleSize = 3;
const mostContacted = 10_000;

/** The first few devices: enough to see whether the accounts work. Known ones go before typed ones. */
export const sampleOf = ({ devices, newDevices }: ChosenTargets): ChosenTargets => ({
  devices: devices.slice(0, sampleSize),
  newDevices: newDevices.slice(0, Math.max(0, sampleSize - devices.length)),
});

/** Asks the server to contact these devices: for their host keys, or with the included accounts. */
export function contactEffect(
  kind: 'scanHostKeys' | 'tryAccounts',
  state: WizardState,
  context: WizardContext,
  { devices, newDevices }: ChosenTargets,
): WizardEffect {
  return {
    kind,
    deviceIds: devices.slice(0, mostContacted).map(({ id }) => id),
    newDevices: newDevices.slice(0, Math.max(0, mostContacted - devices.length)),
    accountIds: includedAccounts(state, context.model.accounts).map(({ id }) => id),
    packageId: chosenPackage(state, context)?.id ?? null,
    hostKeyPolicy: state.values.hostKeyPolicy || 'strict',
  };
}
