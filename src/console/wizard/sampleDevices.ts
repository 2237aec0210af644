import type { Device } from '../../domain/model.ts';
import { placeOf } from './hostKeyReview.ts';
import { type ChosenTargets, chosenTargets, targetCount } from './targetChoice.ts';
import type { WizardContext, WizardState } from './wizardState.ts';

const sampleSize = 3;
export const mostTried = 20;

/** What a device of the sample is marked by: typed ones have no id yet. */
export const sampleKey = (device: { readonly address: string; readonly port: number | null }): string =>
  placeOf(device.address, device.port);

const kindOf = ({ groupId, platform, facts }: Device): string =>
  `${groupId} ${platform} ${facts?.osName ?? ''} ${facts?.architecture ?? ''}`;

/** A device of each group and platform, then the next of each, until there are enough. */
function spread(devices: readonly Device[]): readonly Device[] {
  const kinds = [...Map.groupBy(devices, kindOf).values()];
  const picked: Device[] = [];
  for (let turn = 0; picked.length < Math.min(sampleSize, devices.length); turn++) {
    for (const kind of kinds) {
      const device = kind[turn];
      if (device !== undefined && picked.length < sampleSize) picked.push(device);
    }
  }
  return picked;
}

/** The devices that the accounts are tried on: those that are marked for it, or a few of different kinds. */
export function sampleOf(state: WizardState, context: WizardContext): ChosenTargets {
  const { devices, newDevices } = chosenTargets(state, context);
  const { trialDevices } = state;
  if (trialDevices !== null) {
    const known = devices.filter((one) => trialDevices.has(sampleKey(one)));
    const typed = newDevices.filter((one) => trialDevices.has(sampleKey(one)));
    const chosen = { devices: known.slice(0, mostTried), newDevices: typed.slice(0, mostTried) };
    // Marks of devices that are no targets any more are no choice.
    if (trialDevices.size === 0 || targetCount(chosen) > 0) return chosen;
  }
  const picked = spread(devices);
  return { devices: picked, newDevices: newDevices.slice(0, sampleSize - picked.length) };
}
