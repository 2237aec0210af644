import type { AttemptState } from '../domain/attempt.ts';
import type { Failure } from '../domain/failure.ts';
import type {
  Account,
  Architecture,
  CollectionName,
  Collections,
  DetectionRule,
  Device,
  ExitCodeMap,
  License,
  Platform,
} from '../domain/model.ts';

/** Raised when commands or events change shape: console and server must agree. */
export const protocolVersion = 2;

export interface Hello {
  readonly protocol: number;
  readonly version: string;
  readonly serverName: string;
}

export interface ServerStatus {
  readonly serverName: string;
  readonly version: string;
  readonly pid: number;
  readonly dataFolder: string;
  readonly startedAt: string;
  readonly runningRuns: number;
  readonly clients: number;
  readonly residentBytes: number;
}

/** What the server can do, so that the wizard draws what it has never seen (architecture, Extending). */
export interface Capabilities {
  readonly packageFormats: readonly { readonly id: string; readonly needsCommand: boolean }[];
  readonly deliveryMethods: readonly string[];
  readonly hasDistributionPoints: boolean;
  readonly hasNetworkAgents: boolean;
}

export interface Snapshot {
  readonly seq: number;
  readonly serverName: string;
  readonly capabilities: Capabilities;
  /** Said aloud once: what loading the store had to set right. */
  readonly notices: readonly Failure[];
  readonly collections: { readonly [K in CollectionName]: readonly Collections[K][] };
}

export interface DistributionPackageSeen {
  readonly format: string;
  readonly name: string;
  readonly version: string;
  readonly platform: Platform;
  readonly architecture: Architecture;
  readonly dependencies: readonly string[];
  readonly needsCommand: boolean;
  /** What an installation package made from it has unless something else is said. */
  readonly detection: DetectionRule;
  readonly exitCodes: ExitCodeMap;
  readonly sizeBytes: number;
}

export interface DevicesSaved {
  readonly added: readonly Device[];
  readonly updated: readonly Device[];
  /** By position in the command's list. */
  readonly refused: readonly { readonly index: number; readonly failure: Failure }[];
}

export interface AccountSaved {
  readonly account: Account;
}

export interface LicenseSaved {
  readonly license: License;
}

export interface ReadinessRow {
  readonly deviceId: string;
  readonly port: 'open' | 'closed' | 'filtered' | 'unresolved';
  readonly accountId: string | null;
  readonly isRoot: boolean;
  readonly osName: string | null;
  readonly architecture: string | null;
  readonly freeBytes: number | null;
  readonly isInstalled: boolean | null;
  readonly installedVersion: string | null;
  readonly failure: Failure | null;
}

export interface PlanRow extends ReadinessRow {
  readonly method: string | null;
  readonly attempts: number;
  readonly action: 'install' | 'skip' | 'blocked';
}

export type StateCounts = Partial<Record<AttemptState, number>>;
