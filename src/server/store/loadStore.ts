import type { Failure, Outcome } from '../../domain/failure.ts';
import type { CollectionName } from '../../domain/model.ts';
import { fail, ok } from '../../shared/result.ts';
import { chooseSnapshot } from './chooseSnapshot.ts';
import type { FileSystem } from './fileSystem.ts';
import { migrateTo, type StoreSchema } from './migrations.ts';
import { buildModel, collectionNames, firstMisfit, type StoredModel } from './modelChanges.ts';
import type { RawDocument } from './rawDocument.ts';
import { type Replayed, replay } from './replay.ts';
import { currentSnapshot, snapshotName, sortNames } from './storeNames.ts';
import { damaged, readFailure } from './writeFailure.ts';

export interface LoadedStore {
  /** Null: the folder holds no store yet. */
  readonly content: { readonly model: StoredModel; readonly storeId: string; readonly seq: number } | null;
  /** The document as it was before the last migration; null: none was needed. */
  readonly beforeMigration: RawDocument | null;
  readonly journal: Replayed['last'];
  /** True when store.json itself was good. */
  readonly isCurrentGood: boolean;
  readonly snapshotSeq: number | null;
  /** Seqs of the earlier generations that may be good, newest first. */
  readonly generations: readonly number[];
  /** Snapshots to be set aside. */
  readonly bad: readonly string[];
  readonly notices: readonly Failure[];
}

function checkModel({ collections }: RawDocument): Outcome<StoredModel> {
  for (const [name, entities] of collections) {
    if (!(collectionNames as string[]).includes(name)) {
      return fail(damaged(currentSnapshot, name, { collection: name }));
    }
    for (const [id, { value, file }] of entities) {
      const field = firstMisfit(name as CollectionName, value);
      if (field === null) continue;
      return fail(damaged(file, `${name} ${id} ${field}`, { collection: name, id, field }));
    }
  }
  return ok(buildModel((name) => [...(collections.get(name)?.values() ?? [])].map((entity) => entity.value)));
}

/** Reads the store: newest good snapshot, then the journal, then migration and the check of every entity. */
export async function loadStore(
  fs: FileSystem,
  folder: string,
  schema: StoreSchema,
): Promise<Outcome<LoadedStore>> {
  let listed: string[];
  try {
    listed = await fs.list(folder);
  } catch (error) {
    return fail(readFailure(error, folder));
  }
  const names = sortNames(listed);
  const chosen = await chooseSnapshot(fs, folder, names, schema.version);
  if (!chosen.ok) return chosen;
  const { document: snapshot, file, bad } = chosen.value;
  const snapshotSeq = snapshot?.seq ?? null;
  const replayed = await replay(fs, folder, names, snapshot, schema);
  if (!replayed.ok) return replayed;
  const { document, last } = replayed.value;
  if (document === null && bad.length > 0) return fail(damaged(bad[0]!, 'sha256'));

  const beforeMigration =
    document !== null && document.schemaVersion < schema.version ? structuredClone(document) : null;
  if (document !== null) migrateTo(document, schema.version, schema);
  const model = document === null ? null : checkModel(document);
  if (model !== null && !model.ok) return model;
  return ok({
    content:
      document === null || model === null
        ? null
        : { model: model.value, storeId: document.storeId, seq: document.seq },
    beforeMigration,
    journal: last,
    isCurrentGood: file === currentSnapshot,
    snapshotSeq,
    generations: names.generations.filter((seq) => !bad.includes(snapshotName(seq))),
    bad,
    notices: replayed.value.notices,
  });
}
