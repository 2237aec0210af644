import { tasksCounted } from '../../domain/attempts.ts';
import type { Change, CollectionName, Collections, Model } from '../../domain/model.ts';
import { attemptCountSchema, collectionSchemas } from '../../domain/schema.ts';
import { BucketMap } from './bucketMap.ts';

export const collectionNames = Object.keys(collectionSchemas) as CollectionName[];

/** A model of maps that are cheap to change. */
export type StoredModel = { readonly [K in CollectionName]: BucketMap<Collections[K]> } & Model;

export function buildModel(entitiesOf: (name: CollectionName) => readonly unknown[]): StoredModel {
  return Object.fromEntries(
    collectionNames.map((name) => [name, BucketMap.of(entitiesOf(name) as { id: string }[])]),
  ) as unknown as StoredModel;
}

/** A copy of the model with the changes in it, in their order. */
export function applyChanges(model: StoredModel, changes: readonly Change[]): StoredModel {
  const changed: Record<string, BucketMap<{ readonly id: string }>> = { ...model };
  for (const change of changes) {
    const { collection, put, removed } = change;
    changed[collection] = changed[collection]!.with(put, removed);
    if (change.collection !== 'tasks' || change.counted === undefined) continue;
    const tasks = changed.tasks as StoredModel['tasks'];
    changed.tasks = tasks.with(tasksCounted(tasks, change.counted), []);
  }
  return changed as unknown as StoredModel;
}

/** Where an entity does not fit: its field's path, in words of the schema. */
export function firstMisfit(name: CollectionName, entity: unknown): string | null {
  const result = collectionSchemas[name].safeParse(entity);
  return result.success ? null : result.error.issues[0]!.path.join('.') || 'entity';
}

/**
 * The changes as they will be read back: fields that no schema knows are dropped. Throws on an entity that does
 * not fit, because writing it would leave a store that cannot be opened.
 */
export function checkChanges(changes: readonly Change[]): readonly Change[] {
  return changes.map((change) => {
    const put = change.put.map((entity) => {
      const result = collectionSchemas[change.collection].safeParse(entity);
      if (result.success) return result.data;
      const field = result.error.issues[0]!.path.join('.');
      throw new Error(`not storable: ${change.collection} ${entity.id} ${field}`);
    });
    const counted =
      change.collection === 'tasks' && change.counted !== undefined
        ? { counted: attemptCountSchema.array().parse(change.counted) }
        : {};
    return {
      collection: change.collection,
      put,
      removed: [...change.removed],
      ...counted,
    } as unknown as Change;
  });
}
