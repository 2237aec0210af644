import { tasksCounted } from '../../domain/attempts.ts';
import type { Change, CollectionName, Model, RemoteInstallationTask } from '../../domain/model.ts';
import type { Snapshot } from '../../protocol/answers.ts';
import type { ServerEvent } from '../../protocol/events.ts';
import type { Action } from './actions.ts';
import { collectionNames, type ModelState } from './modelState.ts';

export function reduceModel(model: ModelState, action: Action): ModelState {
  switch (action.type) {
    case 'model/connection':
      return {
        ...model,
        connection: action.connection,
        connectionFailure: action.failure,
        connectionSince: model.connection === action.connection ? model.connectionSince : action.at,
      };
    case 'model/snapshot':
      return { ...model, ...fromSnapshot(action.snapshot), isLoaded: true };
    case 'model/events':
      return applyEvents(model, action.events);
    default:
      return model;
  }
}

function fromSnapshot({ seq, serverName, capabilities, collections }: Snapshot) {
  const entries = collectionNames.map(
    (name) => [name, new Map(collections[name].map((entry) => [entry.id, entry]))] as const,
  );
  return { seq, serverName, capabilities, collections: Object.fromEntries(entries) as unknown as Model };
}

/** Each changed collection is copied once a frame, however many changes came; the others keep their reference. */
function applyEvents(model: ModelState, events: readonly ServerEvent[]): ModelState {
  const copies = new Map<CollectionName, Map<string, { readonly id: string }>>();
  let seq = model.seq;
  for (const event of events) {
    if (event.event !== 'changed') continue;
    seq = event.seq;
    for (const change of event.changes) applyChange(copies, model.collections, change);
  }
  if (seq === model.seq && copies.size === 0) return model;
  return {
    ...model,
    seq,
    collections: { ...model.collections, ...Object.fromEntries(copies) } as Model,
  };
}

function applyChange(
  copies: Map<CollectionName, Map<string, { readonly id: string }>>,
  collections: Model,
  change: Change,
): void {
  let copy = copies.get(change.collection);
  if (copy === undefined) {
    copy = new Map<string, { readonly id: string }>(collections[change.collection]);
    copies.set(change.collection, copy);
  }
  for (const entry of change.put) copy.set(entry.id, entry);
  for (const id of change.removed) copy.delete(id);
  if (change.collection !== 'tasks' || change.counted === undefined) return;
  const tasks = copy as Map<string, RemoteInstallationTask>;
  for (const task of tasksCounted(tasks, change.counted)) tasks.set(task.id, task);
}
