import type { FinalState } from '../../domain/attempt.ts';
import { attemptsOf, isExhausted } from '../../domain/attempts.ts';
import { chooseMethod } from '../../domain/deliveryChoice.ts';
import { type Failure, failure } from '../../domain/failure.ts';
import type {
  Device,
  InstallationPackage,
  RemoteInstallationTask,
  TaskSettings,
} from '../../domain/model.ts';
import type { EngineParts } from './engineParts.ts';

/** An end that a device comes to without being touched. */
export interface NoStart {
  readonly state: FinalState;
  readonly failure: Failure;
}

/** Why a device is left alone whatever it would answer (B33); null: it is not. */
export const managedElsewhere = (
  device: Device,
  settings: Pick<TaskSettings, 'foreignDevices'>,
): Failure | null =>
  device.managedBy !== null && settings.foreignDevices === 'onlyManagedHere'
    ? failure('check.managedElsewhere', { server: device.managedBy })
    : null;

type Start = NoStart | { readonly method: string; readonly attempt: number };

/** As startOf, with a seat of the license that the task delivers: without one nothing is started (B36). */
export function startWithLicense(
  parts: Pick<EngineParts, 'store' | 'deliveryMethods' | 'licenses'>,
  task: RemoteInstallationTask | undefined,
  installationPackage: InstallationPackage | undefined,
  deviceId: string,
): Start | { readonly mayCome: string } {
  const start = startOf(parts, task, deviceId);
  if (!task || 'state' in start || !installationPackage) return start;
  const seat = parts.licenses.hold(task.settings.license, installationPackage, deviceId);
  if (seat === 'held') return start;
  return 'mayCome' in seat ? seat : { state: 'notStarted', failure: seat };
}

/** How an attempt on the device begins, or why none does. */
function startOf(
  parts: Pick<EngineParts, 'store' | 'deliveryMethods'>,
  task: RemoteInstallationTask | undefined,
  deviceId: string,
): Start {
  if (!task) return { state: 'failed', failure: failure('input.notFound', { kind: 'task', name: '' }) };
  const device = parts.store.model.devices.get(deviceId);
  if (!device)
    return { state: 'failed', failure: failure('input.notFound', { kind: 'device', name: deviceId }) };
  const elsewhere = managedElsewhere(device, task.settings);
  if (elsewhere) return { state: 'skipped', failure: elsewhere };
  const attempts = attemptsOf(task, deviceId);
  if (isExhausted(task, deviceId)) {
    const limit = task.settings.attemptsLimit;
    return { state: 'notStarted', failure: failure('attempts.exhausted', { attempts, limit }) };
  }
  const method = chooseMethod(task.settings.delivery, device.platform, parts.deliveryMethods);
  if (method === null) return { state: 'failed', failure: failure('delivery.noMethod') };
  return { method, attempt: attempts + 1 };
}
