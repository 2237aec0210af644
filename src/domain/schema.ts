import { z } from 'zod';
import { attemptStates } from './attempt.ts';
import { failureCodes, stages } from './failure.ts';
import { mostDevicesOfShare, shareOf } from './share.ts';

/**
 * The shapes of everything that is stored or sent, checked at each door (socket, disk, worker). Other modules
 * take the types from domain/model.ts; only doors import this file.
 */
const id = z.string().regex(/^[a-z]+-[0-9a-f]{20}$/);
const attemptId = z.string().regex(/^[0-9a-f]{32}$/);
const time = z.iso.datetime();
/** Text that stands on one line: no control characters. */
const line = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[^\p{Cc}]*$/u);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const port = z.int().min(1).max(65_535);

/** A DNS name, IPv4 or IPv6 address: never begins with a dash, no blanks, nothing for a shell. */
const address = z.string().regex(/^[0-9A-Za-z_]([0-9A-Za-z._:%-]{0,252}[0-9A-Za-z_.])?$|^::[0-9A-Fa-f:.]*$/);

export const exitMeanings = ['success', 'successRestart', 'retryLater', 'anotherVersion', 'failed'] as const;
export const exitCodeMapSchema = z.record(z.string().regex(/^\d{1,10}$/), z.enum(exitMeanings));

/** B81: how the device is asked whether the package is there. `receipt` is haifu's own note of an exit 0. */
export const detectionRuleSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('dpkg'), name: line(214), version: line(256).nullable() }),
  z.object({ kind: z.literal('rpm'), name: line(214), version: line(256).nullable() }),
  z.object({ kind: z.literal('file'), path: line(4096) }),
  /** No shell takes a NUL. */
  z.object({
    kind: z.literal('command'),
    command: z
      .string()
      .max(16_384)
      .regex(/^[^\0]*$/),
  }),
  z.object({ kind: z.literal('receipt') }),
  z.object({ kind: z.literal('none') }),
]);

export const platforms = ['linux', 'windows', 'macos'] as const;
/** Normalised architectures, Debian's words; `all` runs anywhere. */
export const architectures = [
  'all',
  'amd64',
  'arm64',
  'armhf',
  'i386',
  'ppc64el',
  's390x',
  'riscv64',
] as const;

/**
 * How a license reaches the installer. The key itself is never a word of a command line: every user of a device
 * may read those (/proc/<pid>/cmdline).
 */
export const licenseDeliverySchema = z.discriminatedUnion('kind', [
  /** A file beside the package's own, for the installer alone to read. */
  z.object({ kind: z.literal('file'), fileName: line(100) }),
  /** Words behind the package's parameters that name such a file: `--license-file {licenseFile}`. */
  z.object({ kind: z.literal('parameter'), template: line(1024) }),
  /** A variable in the installer's environment, and in no other program's. */
  z.object({ kind: z.literal('environment'), variable: line(100) }),
]);

/**
 * What a .deb that declares no conflict says of itself, for an installation without apt-get (deb-control(5)).
 * `needs`: all that it depends on and recommends, as written: `libc6 (>= 2.34)`, `adduser | passwd`.
 */
export const plainDebSchema = z.object({
  name: z.string().regex(/^[a-z0-9][a-z0-9+.-]*$/),
  version: z.string().regex(/^[A-Za-z0-9.+:~-]+$/),
  needs: z.array(z.string().regex(/^[A-Za-z0-9 +.:~()<>=|-]+$/)).max(500),
});

export const installationPackageSchema = z.object({
  id,
  name: line(214).min(1),
  version: line(256),
  format: line(32),
  platform: z.enum(platforms),
  architecture: z.enum(architectures),
  /** As written in the distribution package, for people: `libc6 (>= 2.34)`. */
  dependencies: z.array(line(1024)).max(2000),
  plainDeb: plainDebSchema.optional(),
  content: z.object({ sha256, sizeBytes: z.int().min(0), fileName: line(255) }),
  /** Shell text that installs, run in the unpacked folder (archive) or null for the format's own way. */
  command: z.string().max(65_536).nullable(),
  /** Words added to the installer's arguments, split as a shell splits words. */
  parameters: line(4096),
  detection: detectionRuleSchema,
  exitCodes: exitCodeMapSchema,
  installTimeoutMs: z
    .int()
    .min(1000)
    .max(7 * 86_400_000),
  /** B38: the license that it contains. */
  licenseId: id.nullable().optional(),
  /** Absent or null: the default (domain/licenseDelivery.ts). */
  licenseDelivery: licenseDeliverySchema.nullable().optional(),
  createdAt: time,
});

export const jumpHostSchema = z.object({ address, port: port.nullable(), user: line(256).nullable() });

export const deviceFactsSchema = z.object({
  osName: line(256),
  osFamily: z.enum(['debian', 'rpm', 'other']),
  architecture: line(64),
  bootId: line(64).nullable(),
  seenAt: time,
});

export const deviceSchema = z.object({
  id,
  name: line(253).min(1),
  address,
  port: port.nullable(),
  /** Login name for this device only (from an imported inventory); null: the account's. */
  user: line(256).nullable(),
  platform: z.enum(platforms),
  /** Null: an unassigned device. */
  groupId: id.nullable(),
  jumpHost: jumpHostSchema.nullable(),
  /** Name of the administration server that manages it; null: this one (B33). */
  managedBy: line(253).nullable(),
  /** B50: the account that worked, tried first next time. */
  lastAccountId: id.nullable(),
  facts: deviceFactsSchema.nullable(),
});

export const administrationGroupSchema = z.object({ id, name: line(100).min(1), parentId: id.nullable() });

export const becomeMethods = ['none', 'sudo', 'doas', 'su'] as const;
/** The public part of an account; its secrets are in the vault under its id. */
export const accountSchema = z.object({
  id,
  name: line(100).min(1),
  kind: z.enum(['password', 'key', 'agent']),
  user: line(256).min(1),
  become: z.enum(becomeMethods),
  hasPassword: z.boolean(),
  hasPassphrase: z.boolean(),
  hasBecomePassword: z.boolean(),
  /** `SHA256:…` of the key pair, for people. */
  keyFingerprint: line(128).nullable(),
  /** kind `agent`: path of the SSH agent's socket. */
  agentSocket: line(4096).nullable(),
  createdAt: time,
});

/** The public part of a license; its key is in the vault under its id (B101). */
export const licenseSchema = z.object({
  id,
  name: line(100).min(1),
  /** Names of the packages that it fits, parted by commas; `*` stands for any characters. */
  product: line(1000).min(1),
  /** Null: any number of devices. */
  seatsTotal: z.int().min(1).max(1_000_000).nullable(),
  /** The last day on which it may be used, `2027-01-31`; null: it never ends. */
  expiresOn: z.iso.date().nullable(),
  note: line(1000),
  /** The last signs of the key, for people. */
  keyTail: line(5),
  /** Name of the file that the key was read from; null: it was typed. */
  keyFileName: line(255).nullable(),
  /** Devices that have it, by id: each counts once. Names stay known when a device is removed. */
  seats: z.record(id, z.object({ deviceName: line(253), packageLabel: line(512), since: time })),
  createdAt: time,
});

/** B36: what a task says about the license. */
export const taskLicenseSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ofPackage') }),
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('withTask'), licenseId: id }),
]);

export const hostKeySchema = z.object({
  id,
  address,
  port,
  keyType: line(64),
  /** The public key's blob in base64. */
  key: line(4096),
  /** `SHA256:…` as ssh-keygen -l prints it. */
  fingerprint: line(128),
  /** trusted: pinned. pending: seen, waits for review. changed: contradicts the trusted one (B100). */
  state: z.enum(['trusted', 'pending', 'changed']),
  source: line(256),
  seenAt: time,
  trustedBy: line(256).nullable(),
});

export const restartOptionSchema = z.object({
  kind: z.enum(['doNotRestart', 'restart', 'promptUser']),
  message: z.string().max(1000),
  repeatMinutes: z.int().min(1).max(1440),
  /** Tasks of earlier versions hold up to a week; a new one is given a day at most. */
  automaticMinutes: z.int().min(1).max(10_080),
  forceClose: z.boolean(),
});

/** B90: a number of devices, or `10%` of a run's. */
export const shareSchema = z.union([
  z.int().min(1).max(mostDevicesOfShare),
  z.custom<`${number}%`>((value) => typeof value === 'string' && shareOf(value) === value),
]);

export const taskSettingsSchema = z.object({
  delivery: z.object({
    networkAgent: z.boolean(),
    sharedFoldersServer: z.boolean(),
    sharedFoldersDistributionPoints: z.boolean(),
  }),
  attemptsLimit: z.int().min(1).max(99),
  foreignDevices: z.enum(['installOnAll', 'onlyManagedHere']),
  skipIfInstalled: z.boolean(),
  verifyPlatform: z.boolean(),
  concurrency: z.int().min(1).max(1000),
  /** In total over all devices of a run; null: no limit. */
  bandwidthBytesPerSecond: z.int().min(1024).max(100_000_000_000).nullable(),
  /** B90. Null: not limited. */
  waveSize: shareSchema.nullable(),
  stopAfterFailures: shareSchema.nullable(),
  stopAfterUnreachable: shareSchema.nullable(),
  restart: restartOptionSchema,
  /** B45: empty means no account required. Order is the order of trying (B50). */
  accountIds: z.array(id).max(32),
  hostKeyPolicy: z.enum(['strict', 'acceptNew']),
  /** Absent: the package's own, if it contains one. */
  license: taskLicenseSchema.optional(),
});

export const targetsSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('devices'), deviceIds: z.array(id).max(100_000) }),
  z.object({ kind: z.literal('group'), groupId: id }),
]);

/** B27: a task's counter for one device, as it is after one more attempt. */
export const attemptCountSchema = z.object({
  taskId: id,
  deviceId: id,
  count: z.int().min(1),
  lastAttemptId: attemptId,
});

export const taskSchema = z.object({
  id,
  number: z.int().min(1),
  name: line(100).min(1),
  packageId: id,
  targets: targetsSchema,
  settings: taskSettingsSchema,
  /** B27: per device, how often its installer ran and returned an error; the last attempt makes it idempotent. */
  attempts: z.record(id, z.object({ count: z.int().min(0), lastAttemptId: attemptId })),
  createdAt: time,
  createdBy: line(256),
});

export const failureSchema = z.object({
  code: z.enum(failureCodes),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  stage: z.enum(stages).nullable(),
  isRetryable: z.boolean(),
});

const timelineSchema = z.array(z.object({ state: z.enum(attemptStates), at: time })).max(64);

/** An attempt of a run that was followed by another one (B23). */
export const earlierAttemptSchema = z.object({
  attempt: z.int().min(0),
  attemptId: attemptId.nullable(),
  timeline: timelineSchema,
  endedAt: time,
  failure: failureSchema.nullable(),
  exitCode: z.int().nullable(),
});

/** One device in one run. The row that the console draws and that the run's journal rebuilds. */
export const runDeviceSchema = z.object({
  deviceId: id,
  name: line(253),
  address,
  state: z.enum(attemptStates),
  attemptId: attemptId.nullable(),
  /** 1 for the first start in this task: the counter of B27 plus one. 0: none yet. */
  attempt: z.int().min(0),
  /** What the stage is doing, for people: a code of i18n (`waitingForLock`, `reconnecting`, `waitingForUser`). */
  activity: line(64).nullable(),
  sentBytes: z.int().min(0),
  totalBytes: z.int().min(0),
  failure: failureSchema.nullable(),
  exitCode: z.int().nullable(),
  accountId: id.nullable(),
  method: line(32).nullable(),
  startedAt: time.nullable(),
  finishedAt: time.nullable(),
  /** Times at which each state of the present attempt was entered. */
  timeline: timelineSchema,
  /** In their order; absent while the first attempt is the present one. */
  earlierAttempts: z.array(earlierAttemptSchema).max(100).optional(),
});

export const runStates = ['running', 'cancelling', 'finished', 'cancelled'] as const;
export const runSchema = z.object({
  id,
  number: z.int().min(1),
  taskId: id,
  taskName: line(100),
  /** `name version` at the time of the run. */
  packageLabel: line(512),
  state: z.enum(runStates),
  startedAt: time,
  finishedAt: time.nullable(),
  startedBy: line(256),
  /** How many devices are in each state; states with none are left out. */
  counts: z.partialRecord(z.enum(attemptStates), z.int().min(0)),
  deviceCount: z.int().min(0),
  /** Set for a retry: the run whose devices were taken. */
  retryOf: id.nullable(),
});

/** Collections of the store, by name: the model in memory, the snapshot on disk and the events share them. */
export const collectionSchemas = {
  packages: installationPackageSchema,
  devices: deviceSchema,
  groups: administrationGroupSchema,
  accounts: accountSchema,
  licenses: licenseSchema,
  hostKeys: hostKeySchema,
  tasks: taskSchema,
  runs: runSchema,
} as const;
