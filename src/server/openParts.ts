import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Failure, Outcome } from '../domain/failure.ts';
import { systemClock } from '../shared/clock.ts';
import { randomIds } from '../shared/idSource.ts';
import { ok } from '../shared/result.ts';
import { EventPublisher } from './api/eventPublisher.ts';
import { Engine } from './engine/engine.ts';
import { lockedVault } from './lockedVault.ts';
import { PackageShelf } from './packageShelf.ts';
import type { ServerLog } from './serverLog.ts';
import { openContentStore } from './store/contentStore.ts';
import type { DataFolderLock } from './store/dataFolderLock.ts';
import { openStore, type Store } from './store/store.ts';
import { openVault, type Vault } from './store/vault.ts';
import type { DeliveryWorkers } from './workers/deliveryWorkers.ts';

export interface OpenedParts {
  readonly store: Store;
  readonly vault: Vault;
  readonly packages: PackageShelf;
  readonly publisher: EventPublisher;
  readonly engine: Engine;
  readonly notices: readonly Failure[];
}

/** What a server in one data folder is made of. Nothing runs yet. */
export async function openParts(
  dataFolder: string,
  lock: DataFolderLock,
  log: ServerLog,
  delivery: { readonly workers: DeliveryWorkers; readonly methods: ReadonlySet<string> },
): Promise<Outcome<OpenedParts>> {
  const store = await openStore(dataFolder, { clock: systemClock, lock });
  if (!store.ok) return store;
  const content = await openContentStore(dataFolder);
  if (!content.ok) return content;
  const vault = await openVault(dataFolder);
  if (!vault.ok && vault.failure.code !== 'vault.locked') return vault;
  const publisher = new EventPublisher();
  store.value.onCommitted((seq, changes) => publisher.changed(seq, changes));
  const engine = new Engine({
    store: store.value,
    vault: vault.ok ? vault.value : lockedVault(vault.failure),
    dataFolder,
    contentPath: (sha256) => content.value.pathOf(sha256),
    workers: delivery.workers,
    deliveryMethods: delivery.methods,
    knownHostsFiles: [join(homedir(), '.ssh', 'known_hosts'), '/etc/ssh/ssh_known_hosts'],
    events: publisher,
    clock: systemClock,
    ids: randomIds,
    log,
  });
  return ok({
    store: store.value,
    vault: engine.parts.vault,
    packages: new PackageShelf(content.value),
    publisher,
    engine,
    notices: vault.ok ? store.value.notices : [...store.value.notices, vault.failure],
  });
}
