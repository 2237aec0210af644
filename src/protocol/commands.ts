import { z } from 'zod';
import type {
  DetectionRule,
  Device,
  HostKey,
  InstallationPackage,
  RemoteInstallationTask,
  Run,
  RunDevice,
} from '../domain/model.ts';
import * as schema from '../domain/schema.ts';
import { longestRestartWaitMinutes } from '../domain/taskSettings.ts';
import type {
  AccountSaved,
  DevicesSaved,
  DistributionPackageSeen,
  Hello,
  LicenseSaved,
  PlanRow,
  ReadinessRow,
  ServerStatus,
  Snapshot,
} from './answers.ts';

const id = z.string().max(64);
const ids = z.array(id).max(100_000);
const path = z.string().min(1).max(4096);
const text = (max: number) => z.string().max(max);
const secret = z.string().max(65_536).nullable();

/** A command: what it takes, checked at the server's door, and what its answer is, by type only. */
export interface CommandDefinition<P extends z.ZodType, R> {
  readonly params: P;
  readonly answers?: R;
}
const command = <P extends z.ZodType>(params: P) => ({
  returns: <R>(): CommandDefinition<P, R> => ({ params }),
});

const newDevice = schema.deviceSchema.pick({
  name: true,
  address: true,
  port: true,
  user: true,
  platform: true,
  jumpHost: true,
});
const packageFields = {
  name: text(214).optional(),
  version: text(256).optional(),
  command: text(65_536).nullable().optional(),
  parameters: text(4096).optional(),
  detection: schema.detectionRuleSchema.optional(),
  exitCodes: schema.exitCodeMapSchema.optional(),
  installTimeoutMs: schema.installationPackageSchema.shape.installTimeoutMs.optional(),
  /** Null: it contains none. */
  licenseId: id.nullable().optional(),
  /** Null: the default. */
  licenseDelivery: schema.licenseDeliverySchema.nullable().optional(),
};
/** A key, or a key file's text and name. The other fields are checked by the handler. */
const licenseFields = {
  name: text(100),
  product: text(1000),
  seatsTotal: schema.licenseSchema.shape.seatsTotal.optional(),
  expiresOn: text(32).nullable().optional(),
  note: text(1000).optional(),
  key: z.string().max(65_536),
  keyFileName: text(255).nullable().optional(),
};
const accountFields = {
  name: text(100).min(1),
  kind: z.enum(['password', 'key', 'agent']),
  user: text(256).min(1),
  become: z.enum(schema.becomeMethods),
  password: secret,
  privateKey: secret,
  publicKey: secret,
  passphrase: secret,
  becomePassword: secret,
  agentSocket: text(4096).nullable(),
};

/** What a task may be given; what is stored may be older and wider. */
const taskSettings = schema.taskSettingsSchema.extend({
  restart: schema.restartOptionSchema.extend({
    automaticMinutes: z.int().min(1).max(longestRestartWaitMinutes),
  }),
});

/** B88. `marked` is any list of devices. */
export const retrySets = ['failed', 'unreachable', 'notStarted', 'cancelled', 'restartPending'] as const;

/** Every command by name. Imperative words; entities change only by the events that follow. */
export const commands = {
  hello: command(
    z.object({ protocol: z.int(), user: text(256), kind: z.enum(['console', 'cli', 'test']) }),
  ).returns<Hello>(),
  status: command(z.object({})).returns<ServerStatus>(),
  stopServer: command(z.object({})).returns<Record<string, never>>(),
  /** The whole model and its seq; `changed` events follow it. */
  snapshot: command(z.object({})).returns<Snapshot>(),

  inspectDistributionPackage: command(z.object({ path })).returns<DistributionPackageSeen>(),
  /** B64: the same name, version and sha256 are reused. `path` is absolute, readable by the server. */
  addInstallationPackage: command(z.object({ path, ...packageFields })).returns<{
    package: InstallationPackage;
    isReused: boolean;
  }>(),
  updateInstallationPackage: command(z.object({ id, ...packageFields })).returns<{
    package: InstallationPackage;
  }>(),
  removeInstallationPackage: command(z.object({ id })).returns<Record<string, never>>(),

  /** Makes every missing group of the path `Tokyo/Web`; answers the last one's id. */
  addGroup: command(z.object({ path: text(1000) })).returns<{ id: string }>(),
  renameGroup: command(z.object({ id, name: text(100) })).returns<Record<string, never>>(),
  moveGroup: command(z.object({ id, parentId: id.nullable() })).returns<Record<string, never>>(),
  /** Its devices and subgroups' devices become unassigned. */
  removeGroup: command(z.object({ id })).returns<Record<string, never>>(),
  /** Takes removeGroup back: the same groups, and in them those of their devices that are unassigned. */
  restoreGroups: command(
    z.object({
      groups: z.array(schema.administrationGroupSchema).max(10_000),
      members: z.array(z.object({ groupId: id, deviceIds: ids })).max(10_000),
    }),
  ).returns<Record<string, never>>(),

  /** Adds, or updates the one with the same address and port. `groupPath` null: unassigned, or left where they are. */
  saveDevices: command(
    z.object({ devices: z.array(newDevice.extend({ groupPath: text(1000).nullable() })).max(100_000) }),
  ).returns<DevicesSaved>(),
  updateDevice: command(z.object({ id, device: newDevice.partial() })).returns<{ device: Device }>(),
  moveDevices: command(z.object({ ids, groupId: id.nullable() })).returns<Record<string, never>>(),
  removeDevices: command(z.object({ ids })).returns<Record<string, never>>(),
  /** Takes removeDevices back: the same devices, their places among tasks' targets and their counters (B27). */
  restoreDevices: command(
    z.object({
      devices: z.array(schema.deviceSchema).max(100_000),
      tasks: z
        .array(
          z.object({
            id,
            /** All targets in their order before; null: it targets a group. */
            deviceIds: ids.nullable(),
            attempts: schema.taskSchema.shape.attempts,
          }),
        )
        .max(10_000),
    }),
  ).returns<Record<string, never>>(),
  /** Readiness (B3): writes nothing to the devices. */
  checkDevices: command(
    z.object({
      deviceIds: ids.max(10_000),
      accountIds: ids.max(32),
      packageId: id.nullable(),
      hostKeyPolicy: z.enum(['strict', 'acceptNew']),
    }),
  ).returns<{ rows: readonly ReadinessRow[] }>(),

  addAccount: command(z.object(accountFields)).returns<AccountSaved>(),
  /** A secret that is null stays as it is. */
  updateAccount: command(z.object({ id, ...accountFields })).returns<AccountSaved>(),
  removeAccount: command(z.object({ id })).returns<Record<string, never>>(),

  addLicense: command(z.object(licenseFields)).returns<LicenseSaved>(),
  /** What is not given stays as it is. */
  updateLicense: command(
    z.object({ id, ...z.object(licenseFields).partial().shape }),
  ).returns<LicenseSaved>(),
  /** Refused while a package contains it or a task delivers it. */
  removeLicense: command(z.object({ id })).returns<Record<string, never>>(),
  /** Frees the seats of these devices: their software was removed by hand. */
  releaseLicense: command(z.object({ id, deviceIds: ids.min(1) })).returns<LicenseSaved>(),

  /** Connects to each device once and stores the keys that are not known yet as pending. */
  scanHostKeys: command(z.object({ deviceIds: ids.max(10_000) })).returns<{ keys: readonly HostKey[] }>(),
  trustHostKeys: command(z.object({ ids })).returns<Record<string, never>>(),
  forgetHostKeys: command(z.object({ ids })).returns<Record<string, never>>(),

  /** `name` null: B59's. */
  createTask: command(
    z.object({
      name: text(1000).nullable(),
      packageId: id,
      targets: schema.targetsSchema,
      settings: taskSettings,
      language: z.enum(['en', 'ja']),
    }),
  ).returns<{ task: RemoteInstallationTask }>(),
  /** B30: raises the attempts limit, renames, changes settings and targets. */
  updateTask: command(
    z.object({
      id,
      name: text(1000).optional(),
      targets: schema.targetsSchema.optional(),
      settings: taskSettings.partial().optional(),
    }),
  ).returns<{ task: RemoteInstallationTask }>(),
  removeTask: command(z.object({ id })).returns<Record<string, never>>(),
  /** Takes removeTask back: the same task with its counters (B27). */
  restoreTask: command(z.object({ task: schema.taskSchema })).returns<{ task: RemoteInstallationTask }>(),
  /** B91: writes nothing to any device. */
  planTask: command(
    z.object({ packageId: id, targets: schema.targetsSchema, settings: taskSettings }),
  ).returns<{ rows: readonly PlanRow[] }>(),
  startRemoteInstallationTask: command(z.object({ taskId: id })).returns<{ run: Run }>(),
  /** B87. `deviceIds` null: the whole run. */
  cancelRun: command(
    z.object({ runId: id, deviceIds: ids.nullable(), installers: z.enum(['leave', 'kill']) }),
  ).returns<Record<string, never>>(),
  /** B88: exactly the devices of these sets, or these devices, in a new run of the same task. */
  retryRun: command(z.object({ runId: id, sets: z.array(z.enum(retrySets)), deviceIds: ids })).returns<{
    run: Run;
  }>(),
  removeRun: command(z.object({ runId: id })).returns<Record<string, never>>(),
  /** All rows now; `runDevicesChanged` and `runProgressed` follow until unwatchRun. */
  watchRun: command(z.object({ runId: id })).returns<{ run: Run; devices: readonly RunDevice[] }>(),
  unwatchRun: command(z.object({ runId: id })).returns<Record<string, never>>(),
  /**
   * Up to 256 KiB (or `maxBytes`) of an attempt's log from `offset` (bytes; negative: from the end). `attempt` null: the
   * newest.
   */
  readLog: command(
    z.object({
      runId: id,
      deviceId: id,
      attempt: z.int().min(1).nullable(),
      offset: z.int(),
      maxBytes: z.int().min(4).optional(),
    }),
  ).returns<{
    text: string;
    offset: number;
    nextOffset: number;
    /** Of the whole log, as far as it is written now. */
    sizeBytes: number;
    attempt: number;
    isComplete: boolean;
  }>(),
  /** `attemptLogged` events for this device until unfollowLog. */
  followLog: command(z.object({ runId: id, deviceId: id })).returns<Record<string, never>>(),
  unfollowLog: command(z.object({ runId: id, deviceId: id })).returns<Record<string, never>>(),
} as const;

export type CommandName = keyof typeof commands;
export type CommandParams<N extends CommandName> = z.input<(typeof commands)[N]['params']>;
export type CommandAnswer<N extends CommandName> = NonNullable<(typeof commands)[N]['answers']>;
export type { DetectionRule };
