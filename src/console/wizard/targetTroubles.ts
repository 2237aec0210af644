import { type Failure, failure } from '../../domain/failure.ts';
import type { Device, Model } from '../../domain/model.ts';
import { platformMismatch } from '../../domain/platformMatch.ts';
import { memoise } from '../state/memoise.ts';
import { changedKeyPlaces, placeOf } from './hostKeyReview.ts';
import { type ChosenPackage, chosenPackage } from './packageChoice.ts';
import type { WizardContext, WizardState } from './wizardState.ts';

type Wanted = Pick<ChosenPackage, 'platform' | 'architecture' | 'format'>;

/** B35: what was seen of the device at an earlier contact, or what it was entered as. */
function mismatch(wanted: Wanted, device: Device): Failure | null {
  if (device.facts !== null) return platformMismatch(wanted, device.facts);
  if (wanted.platform === device.platform) return null;
  return failure('check.platformMismatch', { package: wanted.platform, device: device.platform });
}

const troublesOf = memoise(
  (
    devices: Model['devices'],
    hostKeys: Model['hostKeys'],
    platform: Wanted['platform'] | null,
    architecture: Wanted['architecture'] | null,
    format: string | null,
  ): ReadonlyMap<string, Failure> => {
    const changed = changedKeyPlaces(hostKeys);
    const troubles = new Map<string, Failure>();
    for (const device of devices.values()) {
      const key = changed.get(placeOf(device.address, device.port));
      if (key !== undefined) {
        const { address, fingerprint, expected } = key;
        const params = { address, actual: fingerprint, expected };
        troubles.set(device.id, failure('hostKey.changed', params));
        continue;
      }
      if (platform === null || architecture === null || format === null) continue;
      const reason = mismatch({ platform, architecture, format }, device);
      if (reason !== null) troubles.set(device.id, reason);
    }
    return troubles;
  },
);

/** Why devices will be refused or skipped, by their ids, as far as it is known before anything is contacted. */
export function knownTroubles(state: WizardState, context: WizardContext): ReadonlyMap<string, Failure> {
  const { devices, hostKeys } = context.model;
  const wanted = chosenPackage(state, context);
  return troublesOf(
    devices,
    hostKeys,
    wanted?.platform ?? null,
    wanted?.architecture ?? null,
    wanted?.format ?? null,
  );
}
