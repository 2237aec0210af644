import type { RawCollections, RawDocument } from './rawDocument.ts';

/** One step forward. It changes the collections in place; what it leaves is checked like everything loaded. */
export interface Migration {
  readonly from: number;
  migrate(collections: RawCollections): void;
}

/** The version that this program writes, and how to get there from each earlier one. */
export interface StoreSchema {
  readonly version: number;
  readonly migrations: readonly Migration[];
}

/** Counters of their own in the journal (`counted`): entities are as before, but an earlier program would not see them. */
const toSingleCounters: Migration = { from: 1, migrate: () => {} };

export const storeSchema: StoreSchema = { version: 2, migrations: [toSingleCounters] };

/** Brings the document to `version`, a step at a time. A missing step is a bug. */
export function migrateTo(document: RawDocument, version: number, { migrations }: StoreSchema): void {
  while (document.schemaVersion < version) {
    const step = migrations.find(({ from }) => from === document.schemaVersion);
    if (step === undefined) throw new Error(`no migration from schema ${document.schemaVersion}`);
    step.migrate(document.collections);
    document.schemaVersion++;
  }
}
