import { type Failure, failure, type Outcome } from '../../domain/failure.ts';
import { freeSeats, hasSeat, licenseExhausted, licenseIdOf, licenseRefusal } from '../../domain/license.ts';
import type { InstallationPackage, License, TaskLicense } from '../../domain/model.ts';
import type { Clock } from '../../shared/clock.ts';
import { dayText } from '../../shared/localTime.ts';
import { ok } from '../../shared/result.ts';
import type { Store } from '../store/store.ts';
import { GatheredWrites } from './gatheredWrites.ts';

interface NewSeat {
  readonly licenseId: string;
  readonly deviceId: string;
  readonly since: string;
  readonly deviceName: string;
  readonly packageLabel: string;
}

/** A failure: there is none. `mayCome`: all are taken, some by attempts that may yet fail. */
export type SeatAnswer = 'held' | Failure | { readonly mayCome: string };

interface SeatWaiter {
  readonly runId: string;
  readonly deviceId: string;
}
const keyOf = ({ runId, deviceId }: SeatWaiter): string => `${runId} ${deviceId}`;

/**
 * Seats of licenses, over all runs. A device holds one from its start to its end, and has it for good once the
 * installation has succeeded: it counts once, until it is released by hand.
 */
export class LicenseSeats {
  readonly #store: Store;
  readonly #clock: Clock;
  /** License by device: one delivery at a time per device. */
  readonly #held = new Map<string, string>();
  /** Devices that wait for a seat, by license. */
  readonly #waiters = new Map<string, Map<string, () => void>>();
  readonly #writes: GatheredWrites<NewSeat>;

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
    this.#writes = new GatheredWrites((seats) =>
      store.commit((draft) => {
        const put = [...Map.groupBy(seats, ({ licenseId }) => licenseId)].flatMap(([licenseId, fresh]) => {
          const license = draft.licenses.get(licenseId);
          const given = license && withSeats(license, fresh);
          return given === undefined || given === license ? [] : [given];
        });
        return ok({
          changes: put.length > 0 ? [{ collection: 'licenses', put, removed: [] }] : [],
          value: null,
        });
      }),
    );
  }

  /** The license that goes to the device, as it was when the device was started. */
  heldBy(deviceId: string): string | null {
    return this.#held.get(deviceId) ?? null;
  }

  /** A device whose attempt is under way with this license; null: there is none. */
  holderOf(licenseId: string): string | null {
    for (const [deviceId, held] of this.#held) if (held === licenseId) return deviceId;
    return null;
  }

  /** Takes a seat for the device, if its task delivers a license. */
  hold(
    choice: TaskLicense | undefined,
    installationPackage: InstallationPackage,
    deviceId: string,
  ): SeatAnswer {
    const licenseId = licenseIdOf(choice, installationPackage);
    if (licenseId === null) return 'held';
    const license = this.#store.model.licenses.get(licenseId);
    if (!license) return failure('input.notFound', { kind: 'license', name: licenseId });
    const refusal = licenseRefusal(license, installationPackage.name, dayText(this.#clock.now()));
    if (refusal) return refusal;
    if (!hasSeat(license, deviceId) && this.freeSeats(license) < 1) {
      return this.#heldBesides(license) > 0 ? { mayCome: licenseId } : licenseExhausted(license);
    }
    this.#held.set(deviceId, licenseId);
    return 'held';
  }

  /** `onFree` is called once, when a seat is free again or it is certain that none will be. */
  await(licenseId: string, waiter: SeatWaiter, onFree: () => void): void {
    const waiters = this.#waiters.get(licenseId) ?? new Map<string, () => void>();
    waiters.set(keyOf(waiter), onFree);
    this.#waiters.set(licenseId, waiters);
  }

  /** The device does not wait any more. */
  forget(waiter: SeatWaiter): void {
    for (const waiters of this.#waiters.values()) waiters.delete(keyOf(waiter));
  }

  /** For an installer that was started by an earlier server: it has the license already, whatever the task says now. */
  resume(licenseId: string | null, deviceId: string): void {
    if (licenseId !== null) this.#held.set(deviceId, licenseId);
  }

  /** The attempt is over: what was not kept is free again, and goes to who waits for it. */
  release(deviceId: string): void {
    const licenseId = this.#held.get(deviceId);
    this.#held.delete(deviceId);
    const license = licenseId === undefined ? undefined : this.#store.model.licenses.get(licenseId);
    const waiters = this.#waiters.get(licenseId ?? '');
    if (!waiters) return;
    const isDecided = !license || this.#heldBesides(license) === 0;
    const count = isDecided ? waiters.size : Math.max(0, this.freeSeats(license));
    for (const [key, onFree] of [...waiters].slice(0, count)) {
      waiters.delete(key);
      onFree();
    }
  }

  /** Durably, and once: the device has the license. */
  async keep(
    deviceId: string,
    names: { deviceName: string; packageLabel: string },
  ): Promise<Outcome<unknown>> {
    const licenseId = this.#held.get(deviceId);
    if (licenseId === undefined) return ok(null);
    return this.#writes.add({ licenseId, deviceId, since: this.#clock.now(), ...names });
  }

  /** Those that neither a device has nor an attempt under way holds. */
  freeSeats(license: License): number {
    return freeSeats(license) - this.#heldBesides(license);
  }

  /** Seats of attempts that are under way: nobody knows yet whether they are kept. */
  #heldBesides(license: License): number {
    let count = 0;
    for (const [deviceId, licenseId] of this.#held)
      if (licenseId === license.id && !hasSeat(license, deviceId)) count++;
    return count;
  }
}

function withSeats(license: License, fresh: readonly NewSeat[]): License {
  const added = fresh.filter(({ deviceId }) => !hasSeat(license, deviceId));
  if (added.length === 0) return license;
  const seats = { ...license.seats };
  for (const { deviceId, deviceName, packageLabel, since } of added)
    seats[deviceId] = { deviceName, packageLabel, since };
  return { ...license, seats };
}
