import type { Translate } from '../../i18n/translate.ts';
import type { Command, CommandWord, Option, Options } from '../program/command.ts';
import { commonOptions } from '../program/parseWords.ts';
import { consoleOptions } from '../program/usage.ts';
import { type Candidate, kindOfOption, kindOfPositional, type NameKind } from './nameKinds.ts';

export interface Completion {
  readonly candidates: readonly Candidate[];
  /** The shell's own names of files may stand here too. */
  readonly hasFiles: boolean;
}

/** Where names come from; asked only when one may stand next. */
export type Names = (kind: NameKind) => Promise<readonly Candidate[]>;

/**
 * What may stand at the last of `words`, which is typed in part; the words before it are whole. Everything comes from
 * the same tables that the parser and the usage read.
 */
export async function complete(
  words: readonly string[],
  table: readonly CommandWord[],
  t: Translate,
  names: Names,
): Promise<Completion> {
  const current = words.at(-1) ?? '';
  const found = await nextOf(words.slice(0, -1), current, table, t, names);
  return { ...found, candidates: found.candidates.filter(({ word }) => word.startsWith(current)) };
}

async function nextOf(
  before: readonly string[],
  current: string,
  table: readonly CommandWord[],
  t: Translate,
  names: Names,
): Promise<Completion> {
  const { bare, open } = read(before, commonOptions);
  const word = table.find(({ name }) => name === bare[0]);
  if (word === undefined) {
    if (open !== null) return valuesOf(open, names);
    if (bare.length > 0) return nothing;
    return optionsOrWords({ ...commonOptions, ...consoleOptions }, before, current, t, () =>
      summaries(
        table.filter(({ isHidden }) => isHidden !== true),
        t,
      ),
    );
  }
  const loaded = await word.load();
  const command = 'run' in loaded ? loaded : loaded.find(({ name }) => name === bare[1]);
  if (command === undefined) {
    if (bare.length > 1) return nothing;
    return optionsOrWords(commonOptions, before, current, t, () =>
      summaries(loaded as readonly Command[], t),
    );
  }
  return withinCommand(command, 'run' in loaded ? 1 : 2, before, current, t, names);
}

async function withinCommand(
  { options: own, positionals }: Command,
  depth: number,
  before: readonly string[],
  current: string,
  t: Translate,
  names: Names,
): Promise<Completion> {
  const options: Options = { ...own, ...commonOptions };
  const { bare, open } = read(before, options);
  if (open !== null) return valuesOf(open, names);
  if (current.startsWith('-')) return optionsOrWords(options, before, current, t, () => []);
  const last = positionals.at(-1);
  const positional = positionals[bare.length - depth] ?? (last?.isRepeated === true ? last : undefined);
  const kind = kindOfPositional[positional?.name ?? ''];
  const candidates = kind === undefined ? [] : await names(kind);
  return { candidates, hasFiles: positional?.name.includes('FILE') ?? false };
}

const nothing: Completion = { candidates: [], hasFiles: false };

interface OpenOption {
  readonly name: string;
  readonly option: Option;
}

/** The words that are no options', and the option that the next word is the value of. */
function read(
  before: readonly string[],
  options: Options,
): { readonly bare: readonly string[]; readonly open: OpenOption | null } {
  const bare: string[] = [];
  let open: OpenOption | null = null;
  for (const word of before) {
    if (open !== null) {
      open = null;
      continue;
    }
    const name = word.replace(/^--/, '');
    const option = word.startsWith('--') && Object.hasOwn(options, name) ? options[name]! : null;
    if (option !== null && option.type === 'string') open = { name, option };
    else if (!word.startsWith('-')) bare.push(word);
  }
  return { bare, open };
}

async function valuesOf({ name, option }: OpenOption, names: Names): Promise<Completion> {
  const kind = kindOfOption[name];
  const chosen = option.choices?.map((word) => ({ word, text: '' })) ?? [];
  return {
    candidates: kind === undefined ? chosen : await names(kind),
    hasFiles: option.value === 'FILE' || option.value === 'DIR',
  };
}

/** Options when one is begun, those that are there already left out; else the words. */
function optionsOrWords(
  options: Options,
  before: readonly string[],
  current: string,
  t: Translate,
  words: () => Candidate[],
): Completion {
  if (!current.startsWith('-')) return { candidates: words(), hasFiles: false };
  const candidates = Object.entries(options)
    .filter(([name, { multiple }]) => multiple === true || !before.includes(`--${name}`))
    .map(([name, { summary }]) => ({ word: `--${name}`, text: t(summary) }));
  return { candidates, hasFiles: false };
}

const summaries = (commands: readonly Pick<CommandWord, 'name' | 'summary'>[], t: Translate): Candidate[] =>
  commands.map(({ name, summary }) => ({ word: name, text: t(summary) }));
