import type { Model } from '../../domain/model.ts';
import type { CommandName, CommandParams } from '../../protocol/commands.ts';
import type { Words } from './words.ts';

export type InverseCommand = {
  [N in CommandName]: { readonly command: N; readonly params: CommandParams<N> };
}[CommandName];

/** Something that this console has changed, and the way back. */
export interface PastChange {
  /** `change of device "web1"` */
  readonly what: Words;
  /** The commands that take it back, as the model is now; words: why it cannot be taken back. */
  inverse(model: Model): readonly InverseCommand[] | Words;
}

/** The commands, unless somebody has changed one of these fields since. */
export function unlessChanged<T extends object>(
  now: T | undefined,
  after: Partial<T>,
  commands: readonly InverseCommand[],
): readonly InverseCommand[] | Words {
  if (now === undefined) return { key: 'changes.why.gone' };
  const isSame = (Object.keys(after) as (keyof T)[]).every(
    (field) => JSON.stringify(now[field]) === JSON.stringify(after[field]),
  );
  return isSame ? commands : { key: 'changes.why.changedSince' };
}

/** The named fields of a record: what it was, or what it has become. */
export const fieldsOf = <T extends object, K extends keyof T>(record: T, names: readonly K[]): Pick<T, K> =>
  Object.fromEntries(names.map((name) => [name, record[name]])) as Pick<T, K>;
