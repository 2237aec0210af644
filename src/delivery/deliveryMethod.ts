import type { AttemptState } from '../domain/attempt.ts';
import type { Failure } from '../domain/failure.ts';
import type {
  Account,
  DeviceFacts,
  HostKey,
  InstallationPackage,
  JumpHost,
  LicenseDelivery,
  RestartOption,
} from '../domain/model.ts';

/** An account with its secrets in clear: exists only in the server's and a worker's memory. */
export interface AccountWithSecrets {
  readonly account: Account;
  readonly password: string | null;
  readonly privateKey: string | null;
  readonly passphrase: string | null;
  readonly becomePassword: string | null;
}

/** A license with its key in clear: exists only in the server's and a worker's memory, and in the device's job. */
export interface LicenseWithKey {
  readonly key: string;
  readonly delivery: LicenseDelivery;
}

export interface DeviceAddress {
  readonly name: string;
  readonly address: string;
  readonly port: number | null;
  readonly user: string | null;
  readonly jumpHost: JumpHost | null;
}

/** B100: what is known about the device's host keys, and its jump host's. */
export interface HostTrust {
  readonly policy: 'strict' | 'acceptNew';
  readonly pins: readonly Pick<HostKey, 'address' | 'port' | 'keyType' | 'key' | 'state'>[];
  /** OpenSSH known_hosts files to read, in order. */
  readonly knownHostsFiles: readonly string[];
}

/** Where an earlier try at the same attempt got to: read from the run's journal on recovery. */
export interface AttemptProgress {
  readonly state: AttemptState;
  /** Set once the installer's end is journalled: the installer is not asked again. */
  readonly exitCode: number | null;
  /** Boot id of the device before a restart was asked for. */
  readonly bootIdBeforeRestart: string | null;
  /** Set when an installer ended by a signal or a time-out. */
  readonly installFailure: Failure | null;
  /** The package was there before the installer was started: its presence afterwards proves nothing. Null: not known. */
  readonly wasPresent: boolean | null;
}

/** Everything that one attempt needs, complete: a worker reads nothing else but the package's content. */
export interface AttemptOrder {
  readonly runId: string;
  readonly deviceId: string;
  /** 128 bits in hex: names the job directory; the same id never starts a second installer (B83). */
  readonly attemptId: string;
  readonly device: DeviceAddress;
  /** In the order of trying (B50). */
  readonly accounts: readonly AccountWithSecrets[];
  /** Accounts that this device has already refused in this run: never tried again (lockout guard). */
  readonly refusedAccountIds: readonly string[];
  readonly trust: HostTrust;
  readonly installationPackage: InstallationPackage;
  /** B36: handed to the installer; null or absent: none. */
  readonly license?: LicenseWithKey | null;
  /** Path of the package's content on the server, named by its sha256. */
  readonly contentPath: string;
  readonly skipIfInstalled: boolean;
  readonly verifyPlatform: boolean;
  readonly restart: RestartOption;
  /** This attempt's share of the run's bandwidth; null: no limit. */
  readonly bandwidthBytesPerSecond: number | null;
  /** Null for a fresh attempt. */
  readonly resume: AttemptProgress | null;
  /**
   * Who was logged in when the installer was started. Another account may have another state directory: what it
   * does not find there may well have run (B83).
   */
  readonly installerAccountId?: string;
  /**
   * What an earlier worker at this attempt learned of the password of sudo, doas or su (B50). unanswered: it was sent
   * and nobody heard the verdict, so it is not sent again. Left out: nothing.
   */
  readonly rootPassword?: 'unanswered' | 'proven';
}

/** One step of an attempt, as journalled. */
export interface Transition {
  readonly state: AttemptState;
  readonly failure?: Failure | null;
  readonly exitCode?: number | null;
  readonly bootIdBeforeRestart?: string | null;
  readonly installFailure?: Failure | null;
  readonly wasPresent?: boolean;
  readonly facts?: Omit<DeviceFacts, 'seenAt'>;
}

export interface SeenHostKey {
  readonly address: string;
  readonly port: number;
  readonly keyType: string;
  readonly key: string;
  readonly fingerprint: string;
  /** accepted: first contact under acceptNew. unknown: refused, to be reviewed. changed: refused. */
  readonly verdict: 'accepted' | 'unknown' | 'changed';
}

/** The attempt's way back to the engine. */
export interface AttemptReporter {
  /** Resolves when the transition is in the run's journal: nothing irreversible happens before. */
  transition(transition: Transition): Promise<void>;
  progress(sentBytes: number, totalBytes: number): void;
  /** A code of i18n `activity.*`, or null. */
  activity(code: string | null): void;
  /** Raw text of the device, for the attempt's log. */
  log(text: string): void;
  /** Resolves when the key is stored. */
  hostKeySeen(key: SeenHostKey): Promise<void>;
  /** Resolves when the journal says that the password of sudo, doas or su is about to be sent for the first time. */
  rootPasswordSent(): Promise<void>;
  /** The verdict on an account, as soon as it is known (B50). */
  accountTried(accountId: string, isAccepted: boolean): void;
  /** Aborted when the device's part of the run is cancelled, by either CancelRequest. */
  readonly signal: AbortSignal;
  /** Aborted when a running installer is to be ended, too (`kill`): with `signal`, or some time after it. */
  readonly killSignal: AbortSignal;
}

/** B87: `leave` lets a running installer finish, `kill` ends it. */
export type CancelRequest = 'leave' | 'kill';

/** Answer of the readiness check (B3): writes nothing to the device. */
export interface ReadinessReport {
  readonly port: 'open' | 'closed' | 'filtered' | 'unresolved';
  readonly accountId: string | null;
  readonly isRoot: boolean;
  readonly facts: Omit<DeviceFacts, 'seenAt'> | null;
  readonly freeBytes: number | null;
  /** Of the package that was asked for, if any. */
  readonly installedVersion: string | null;
  readonly isInstalled: boolean | null;
  /** Installation would be refused for this reason; null: ready. */
  readonly failure: Failure | null;
}

/** B21: which deliveries a task may use, by the three check boxes of window 2. */
export type DeliveryMethodId = 'networkAgent' | 'ssh' | 'smb' | 'distributionPoint';

/** One way of delivery. Adding one is a file in methods/ and a line in registry.ts. */
export interface DeliveryMethod {
  readonly id: DeliveryMethodId;
  /** Runs the whole attempt to a final transition. Never throws for what a device does. */
  deliver(order: AttemptOrder, reporter: AttemptReporter): Promise<void>;
  check(
    order: ReadinessOrder,
    signal: AbortSignal,
  ): Promise<{ report: ReadinessReport; hostKeys: readonly SeenHostKey[] }>;
}

export interface ReadinessOrder {
  readonly device: DeviceAddress;
  readonly accounts: readonly AccountWithSecrets[];
  readonly trust: HostTrust;
  /** Asked for its detection rule and platform; null: only reachability and rights. */
  readonly installationPackage: InstallationPackage | null;
}
