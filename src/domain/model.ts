import type { z } from 'zod';
import type * as schema from './schema.ts';

/** The domain's types, free of any validation code at run time. The shapes stand in domain/schema.ts. */
export type Platform = (typeof schema.platforms)[number];
export type Architecture = (typeof schema.architectures)[number];
export type ExitMeaning = (typeof schema.exitMeanings)[number];
export type ExitCodeMap = z.infer<typeof schema.exitCodeMapSchema>;
export type DetectionRule = z.infer<typeof schema.detectionRuleSchema>;
export type InstallationPackage = z.infer<typeof schema.installationPackageSchema>;
export type JumpHost = z.infer<typeof schema.jumpHostSchema>;
export type DeviceFacts = z.infer<typeof schema.deviceFactsSchema>;
export type Device = z.infer<typeof schema.deviceSchema>;
export type AdministrationGroup = z.infer<typeof schema.administrationGroupSchema>;
export type BecomeMethod = (typeof schema.becomeMethods)[number];
export type Account = z.infer<typeof schema.accountSchema>;
export type License = z.infer<typeof schema.licenseSchema>;
export type LicenseDelivery = z.infer<typeof schema.licenseDeliverySchema>;
export type TaskLicense = z.infer<typeof schema.taskLicenseSchema>;
export type HostKey = z.infer<typeof schema.hostKeySchema>;
export type RestartOption = z.infer<typeof schema.restartOptionSchema>;
export type TaskSettings = z.infer<typeof schema.taskSettingsSchema>;
export type Targets = z.infer<typeof schema.targetsSchema>;
export type RemoteInstallationTask = z.infer<typeof schema.taskSchema>;
export type EarlierAttempt = z.infer<typeof schema.earlierAttemptSchema>;
export type RunDevice = z.infer<typeof schema.runDeviceSchema>;
export type RunState = (typeof schema.runStates)[number];
export type Run = z.infer<typeof schema.runSchema>;

export type Collections = {
  [K in keyof typeof schema.collectionSchemas]: z.infer<(typeof schema.collectionSchemas)[K]>;
};
export type CollectionName = keyof Collections;
/** The whole model: each collection as a map by id. Treated as immutable: a change makes new maps' entries. */
export type Model = { readonly [K in CollectionName]: ReadonlyMap<string, Collections[K]> };

export type AttemptCount = z.infer<typeof schema.attemptCountSchema>;

/**
 * One change of one collection: the same value is journalled, applied and sent as an event. `counted` sets single
 * counters of tasks, after `put` and `removed`: a task of ten thousand devices is a megabyte, a counter is not.
 */
export type Change = {
  [K in CollectionName]: {
    readonly collection: K;
    readonly put: readonly Collections[K][];
    readonly removed: readonly string[];
  } & (K extends 'tasks' ? { readonly counted?: readonly AttemptCount[] } : unknown);
}[CollectionName];
