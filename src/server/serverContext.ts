import type { Failure } from '../domain/failure.ts';
import type { Capabilities, ServerStatus } from '../protocol/answers.ts';
import type { Clock } from '../shared/clock.ts';
import type { IdSource } from '../shared/idSource.ts';
import type { EventPublisher } from './api/eventPublisher.ts';
import type { Engine } from './engine/engine.ts';
import type { PackageShelf } from './packageShelf.ts';
import type { ServerLog } from './serverLog.ts';
import type { Store } from './store/store.ts';
import type { Vault } from './store/vault.ts';

/** The server's parts, for the handlers. */
export interface ServerContext {
  readonly store: Store;
  readonly vault: Vault;
  readonly packages: PackageShelf;
  readonly engine: Engine;
  readonly publisher: EventPublisher;
  readonly capabilities: Capabilities;
  readonly serverName: string;
  readonly version: string;
  readonly dataFolder: string;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: ServerLog;
  /** Said to every console: what loading had to set right. */
  readonly notices: readonly Failure[];
  status(): ServerStatus;
  /** Ends the server in an orderly way, after the answer has gone out. */
  stop(): void;
}
