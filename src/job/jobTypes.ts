import type { DetectionRule, DeviceFacts, InstallationPackage } from '../domain/model.ts';

/** The content of an installation package, as the device knows it. */
export type JobContent = InstallationPackage['content'];

/** Everything needed to ask a device whether the package is there (B81). */
export interface DetectionQuery {
  readonly rule: DetectionRule;
  /** The installation package's: for the receipt rule. */
  readonly name: string;
  readonly version: string;
  readonly sha256: string;
}

export const detectionQueryOf = (installationPackage: InstallationPackage): DetectionQuery => ({
  rule: installationPackage.detection,
  name: installationPackage.name,
  version: installationPackage.version,
  sha256: installationPackage.content.sha256,
});

/** `unknown`: the rule is `none`, or the device could not answer (its package tool is missing). */
export interface DetectionAnswer {
  readonly state: 'present' | 'absent' | 'unknown';
  /** The version that is there, also when it is another one than was asked for; printable ASCII. */
  readonly installedVersion: string | null;
}

/**
 * How an installer ended. A shell reports a signal as 128 + n, and so may an installer's own exit code: look
 * `code` up in the exit-code map first.
 */
export type JobEnd =
  | { readonly kind: 'exit'; readonly code: number }
  | { readonly kind: 'signal'; readonly code: number; readonly signal: string }
  /** Ran longer than its time and was ended by the runner. */
  | { readonly kind: 'timeout' }
  /** The device restarted while it ran. */
  | { readonly kind: 'interrupted' }
  /** The runner is gone and left no exit code: never a success. */
  | { readonly kind: 'lost' };

/** `prepared`: the job directory is there but no installer was started. */
export type JobState = { readonly kind: 'none' | 'prepared' | 'running' } | JobEnd;

/** What the device holds of a package's content, and where: `complete` was hashed just now. */
export type ContentState =
  | { readonly kind: 'complete' }
  | { readonly kind: 'partial'; readonly bytes: number };

export interface DeviceProbe {
  readonly uid: number;
  readonly user: string;
  readonly facts: Omit<DeviceFacts, 'seenAt'>;
  readonly stateDirectory: string;
  /** denied: no right to write there. */
  readonly stateDirectoryIs: 'writable' | 'readOnly' | 'denied';
  /** Of the file system of the state directory; null where df does not say. */
  readonly freeBytes: number | null;
  readonly rootFreeBytes: number | null;
  /** Those of the asked ones that are there. */
  readonly tools: readonly string[];
  readonly detection: DetectionAnswer | null;
  readonly content: ContentState | null;
  readonly job: JobState;
  readonly isPackageManagerBroken: boolean;
  /** Terminals with somebody logged in (`pts/0`). */
  readonly terminals: readonly string[];
}
