/** The newest snapshot; the generations before it are `store.<seq>.json`. */
export const currentSnapshot = 'store.json';
/** The journal that is written; the segments before it are `changes.<seq they follow>.ndjson`. */
export const activeJournal = 'changes.ndjson';
export const snapshotName = (seq: number): string => `store.${seq}.json`;
export const segmentName = (base: number): string => `changes.${base}.ndjson`;

export interface StoreNames {
  /** Seqs of the earlier generations, newest first. */
  readonly generations: readonly number[];
  /** Bases of the finished segments, oldest first. */
  readonly segments: readonly number[];
}

function numbersIn(names: readonly string[], pattern: RegExp): number[] {
  return names.flatMap((name) => {
    const match = pattern.exec(name);
    return match === null ? [] : [Number(match[1])];
  });
}

export function sortNames(names: readonly string[]): StoreNames {
  return {
    generations: numbersIn(names, /^store\.(\d{1,15})\.json$/).sort((a, b) => b - a),
    segments: numbersIn(names, /^changes\.(\d{1,15})\.ndjson$/).sort((a, b) => a - b),
  };
}
