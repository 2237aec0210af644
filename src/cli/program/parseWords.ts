import { parseArgs } from 'node:util';
import type { Translate } from '../../i18n/translate.ts';
import { sanitiseLine } from '../../shared/sanitise.ts';
import type { Command, Option, Options } from './command.ts';
import { nearest } from './nearest.ts';

/** Options that every command takes. */
export const commonOptions = {
  help: { type: 'boolean', summary: 'cli.option.help' },
  json: { type: 'boolean', summary: 'cli.option.json' },
  data: { type: 'string', value: 'DIR', summary: 'cli.option.data' },
  lang: { type: 'string', value: 'en|ja', choices: ['en', 'ja'], summary: 'cli.option.lang' },
} as const satisfies Options;

export type ParsedWords =
  | {
      readonly ok: true;
      readonly words: readonly string[];
      readonly values: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
    }
  | { readonly ok: false; readonly problem: string };

/** Reads a command's words by its tables. `problem` is for people, in their language. */
export function parseWords(
  command: Pick<Command, 'options' | 'positionals'>,
  words: readonly string[],
  t: Translate,
): ParsedWords {
  const options: Options = { ...commonOptions, ...command.options };
  const { tokens, positionals } = parseArgs({
    args: [...words],
    options: Object.fromEntries(
      Object.entries(options).map(([name, { type, multiple }]) => [
        name,
        { type, multiple: multiple ?? false },
      ]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values: Record<string, string | boolean | string[] | undefined> = {};
  for (const [name, option] of Object.entries(options))
    values[name] = option.type === 'boolean' ? false : option.multiple ? [] : undefined;
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const option = Object.hasOwn(options, token.name) ? options[token.name]! : null;
    if (option === null) return { ok: false, problem: unknownOption(token.rawName, Object.keys(options), t) };
    const problem = problemOf(option, token.name, token.value, token.inlineValue === true, t);
    if (problem !== null) return { ok: false, problem };
    if (option.type === 'boolean') values[token.name] = true;
    else if (option.multiple) (values[token.name] as string[]).push(token.value!);
    else values[token.name] = token.value;
  }
  const problem = values.help === true ? null : countProblem(command, positionals, t);
  return problem === null ? { ok: true, words: positionals, values } : { ok: false, problem };
}

function unknownOption(rawName: string, known: readonly string[], t: Translate): string {
  const meant = nearest(rawName.replace(/^-+/, ''), known);
  const problem = t('cli.usage.unknownOption', { option: sanitiseLine(rawName, 80) });
  return meant === null ? problem : `${problem} ${t('cli.usage.didYouMean', { word: `--${meant}` })}`;
}

function problemOf(
  option: Option,
  name: string,
  value: string | undefined,
  isInline: boolean,
  t: Translate,
): string | null {
  if (option.type === 'boolean')
    return value === undefined ? null : t('cli.usage.unwantedValue', { option: `--${name}` });
  // `--name --version 2` forgot the name; `--name=--version` is meant so, and so is a value with blanks.
  const isForgotten = value !== undefined && !isInline && /^--\S*$/.test(value);
  if (value === undefined || isForgotten) {
    const missing = t('cli.usage.missingValue', { option: `--${name}`, value: option.value ?? '…' });
    if (value === undefined) return missing;
    return `${missing}\n${t('cli.usage.dashedValue', { option: `--${name}`, given: sanitiseLine(value, 80) })}`;
  }
  if (option.choices !== undefined && !option.choices.includes(value))
    return t('cli.usage.wrongChoice', { option: `--${name}`, choices: option.choices.join(', ') });
  return null;
}

function countProblem(
  { positionals }: Pick<Command, 'positionals'>,
  words: readonly string[],
  t: Translate,
): string | null {
  const missing = positionals.find(({ isOptional }, index) => !isOptional && words[index] === undefined);
  if (missing !== undefined) return t('cli.usage.missingWord', { word: missing.name });
  const isOpenEnded = positionals.at(-1)?.isRepeated === true;
  const extra = words[positionals.length];
  return extra !== undefined && !isOpenEnded
    ? t('cli.usage.extraWord', { word: sanitiseLine(extra, 80) })
    : null;
}
