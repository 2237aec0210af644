import type { SeenHostKey } from '../../delivery/deliveryMethod.ts';
import type { Outcome } from '../../domain/failure.ts';
import type { Clock } from '../../shared/clock.ts';
import type { IdSource } from '../../shared/idSource.ts';
import type { ServerLog } from '../serverLog.ts';
import type { Store } from '../store/store.ts';
import type { Vault } from '../store/vault.ts';
import type { DeliveryWorkers } from '../workers/deliveryWorkers.ts';
import { attemptCounter, type FailedAttempt } from './attemptCounter.ts';
import { DeviceClaims } from './deviceClaims.ts';
import { DeviceFindings } from './deviceFindings.ts';
import { DurableWrites } from './durably.ts';
import { HostKeyIndex } from './hostKeyIndex.ts';
import { hostKeyRecorder } from './hostKeyRecorder.ts';
import { LicenseSeats } from './licenseSeats.ts';
import type { RunEvents } from './runEvents.ts';

/** What the engine is made of; everything that touches the outside world is given to it. */
export interface EngineOptions {
  readonly store: Store;
  readonly vault: Vault;
  readonly dataFolder: string;
  /** Path of a package's content by its sha256. */
  readonly contentPath: (sha256: string) => string;
  readonly workers: DeliveryWorkers;
  /** Ids of the delivery methods that this server has. */
  readonly deliveryMethods: ReadonlySet<string>;
  /** OpenSSH known_hosts files to read, in order. */
  readonly knownHostsFiles: readonly string[];
  readonly events: RunEvents;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: ServerLog;
  /** How long a device whose package manager is busy waits in the queue. */
  readonly busyRetryMs?: number;
  /** How long a write that the disk refused waits. */
  readonly diskRetryMs?: number;
}

/** The options and what all runs share. */
export interface EngineParts extends EngineOptions {
  readonly claims: DeviceClaims;
  readonly findings: DeviceFindings;
  readonly hostKeys: HostKeyIndex;
  readonly licenses: LicenseSeats;
  readonly durably: DurableWrites;
  readonly countAttempt: (attempt: FailedAttempt) => Promise<Outcome<unknown>>;
  readonly recordHostKey: (key: SeenHostKey, user: string) => Promise<Outcome<unknown>>;
}

export function engineParts(options: EngineOptions): EngineParts {
  const { store, clock, ids, log } = options;
  const hostKeys = new HostKeyIndex(store);
  return {
    ...options,
    claims: new DeviceClaims(),
    findings: new DeviceFindings(store, log),
    hostKeys,
    licenses: new LicenseSeats(store, clock),
    durably: new DurableWrites(log, options.diskRetryMs ?? 2000),
    countAttempt: attemptCounter(store),
    recordHostKey: hostKeyRecorder(store, hostKeys, clock, ids),
  };
}
