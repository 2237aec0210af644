import type { Failure } from '../../domain/failure.ts';
import type { CollectionName, Model } from '../../domain/model.ts';
import type { Capabilities } from '../../protocol/answers.ts';

export type ConnectionState = 'connecting' | 'connected' | 'reconnecting' | 'failed';

/** What the server has said: its model, and how well the console hears it. */
export interface ModelState {
  readonly connection: ConnectionState;
  /** ISO time of the last change of `connection`. */
  readonly connectionSince: string | null;
  /** Why the connection failed or was lost. */
  readonly connectionFailure: Failure | null;
  readonly serverName: string;
  readonly capabilities: Capabilities | null;
  /** False until the first snapshot: an empty table then means "not known yet". */
  readonly isLoaded: boolean;
  readonly seq: number;
  readonly collections: Model;
}

export const collectionNames: readonly CollectionName[] = [
  'packages',
  'devices',
  'groups',
  'accounts',
  'hostKeys',
  'licenses',
  'tasks',
  'runs',
];

const emptyModel: Model = {
  packages: new Map(),
  devices: new Map(),
  groups: new Map(),
  accounts: new Map(),
  hostKeys: new Map(),
  licenses: new Map(),
  tasks: new Map(),
  runs: new Map(),
};

export const initialModelState: ModelState = {
  connection: 'connecting',
  connectionSince: null,
  connectionFailure: null,
  serverName: '',
  capabilities: null,
  isLoaded: false,
  seq: 0,
  collections: emptyModel,
};
