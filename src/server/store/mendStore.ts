import { join } from 'node:path';
import { type Failure, failure } from '../../domain/failure.ts';
import { removeLeftovers, replaceDurably } from './durableFile.ts';
import type { FileSystem } from './fileSystem.ts';
import type { LoadedStore } from './loadStore.ts';
import type { RawDocument } from './rawDocument.ts';
import { encodeSnapshot } from './snapshotFormat.ts';

function* entriesOf({ collections }: RawDocument): Generator<[string, unknown[]]> {
  for (const [name, entities] of collections) {
    yield [name, [...entities.values()].map(({ value }) => value)];
  }
}

/** Keeps the store as it was before a migration: `before-schema-<new version>.json`, never removed. */
async function backUp(fs: FileSystem, folder: string, document: RawDocument, version: number): Promise<void> {
  const content = { ...document, collections: entriesOf(document) };
  await replaceDurably(fs, folder, `before-schema-${version}.json`, encodeSnapshot(content));
}

/**
 * The first writes after a load that succeeded: leftovers of killed writers go, bad snapshots are set aside, and
 * a store about to be migrated is backed up. Rejects with a system error. @returns what is to be said
 */
export async function mendStore(
  fs: FileSystem,
  folder: string,
  loaded: LoadedStore,
  version: number,
  now: string,
): Promise<Failure[]> {
  await removeLeftovers(fs, folder);
  if (loaded.beforeMigration !== null) await backUp(fs, folder, loaded.beforeMigration, version);
  const notices: Failure[] = [];
  for (const file of loaded.bad) {
    const setAside = `damaged-${now.replaceAll(/[^0-9A-Za-z]/g, '')}-${file}`;
    await fs.rename(join(folder, file), join(folder, setAside));
    notices.push(failure('store.generationUsed', { file, setAside }));
  }
  if (notices.length > 0) await fs.syncFolder(folder);
  return notices;
}
