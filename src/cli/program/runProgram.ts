import { homedir } from 'node:os';
import { connect } from '../../client/connection.ts';
import { dataFolderOf } from '../../client/dataFolder.ts';
import type { Failure } from '../../domain/failure.ts';
import { failureText } from '../../i18n/failureText.ts';
import type { Language } from '../../i18n/registry.ts';
import { languageOf, type Translate, translator } from '../../i18n/translate.ts';
import { sanitiseLine } from '../../shared/sanitise.ts';
import { type Command, type CommandWord, type ExitStatus, exitStatuses } from './command.ts';
import type { CommandContext, Programs } from './context.ts';
import { exitStatusOf } from './exitStatusOf.ts';
import { nearest } from './nearest.ts';
import { Output } from './output.ts';
import { type ParsedWords, parseWords } from './parseWords.ts';
import { commandUsage, groupUsage, programUsage } from './usage.ts';

/** What stands before a command's own words. */
interface Found {
  readonly prefix: string;
  readonly command: Command;
  readonly words: readonly string[];
}

const valueOptions = ['--data', '--lang'];

/** The place of the first word that is a command's and not a common option's. */
function commandAt(words: readonly string[]): number {
  for (let at = 0; at < words.length; at += 1) {
    if (valueOptions.includes(words[at]!)) at += 1;
    else if (!words[at]!.startsWith('-')) return at;
  }
  return -1;
}

/** `--lang` counts before anything is parsed: complaints are in that language too. */
function languageFor(words: readonly string[]): { readonly language: Language; readonly isGiven: boolean } {
  const at = words.findLastIndex((word) => word === '--lang' || word.startsWith('--lang='));
  const given = at === -1 ? '' : words[at] === '--lang' ? words[at + 1] : words[at]!.slice('--lang='.length);
  return given === 'ja' || given === 'en'
    ? { language: given, isGiven: true }
    : { language: languageOf(process.env), isGiven: false };
}

/** `help` and `help COMMAND`, as many programs have it: the same as `--help`. */
function withoutHelpWord(words: readonly string[]): readonly string[] {
  const at = commandAt(words);
  return at !== -1 && words[at] === 'help' ? [...words.toSpliced(at, 1), '--help'] : words;
}

/** Runs one command line to its exit status. `consoleCommand` is what no command word means. */
export async function runProgram(
  given: readonly string[],
  table: readonly CommandWord[],
  consoleCommand: Command,
  programs: Programs,
): Promise<ExitStatus> {
  const words = withoutHelpWord(given);
  const { language, isGiven: isLanguageGiven } = languageFor(words);
  const t = translator(language);
  const isJson = words.includes('--json');
  const output = new Output(isJson);
  const width = Math.min(output.columns, 110);
  const complain = (problem: string, help: string): ExitStatus => {
    output.json({ error: { code: 'usage', message: problem } });
    output.note(`haifu: ${problem}\n${t('cli.usage.seeHelp', { command: help })}`);
    return exitStatuses.usage;
  };

  const at = commandAt(words);
  let found: Found = { prefix: '', command: consoleCommand, words };
  if (at !== -1) {
    const rest = words.toSpliced(at, 1);
    const word = table.find(({ name }) => name === words[at]);
    if (word === undefined)
      return complain(
        unknown(
          'cli.usage.unknownCommand',
          words[at]!,
          table.flatMap(({ name, isHidden }) => (isHidden === true ? [] : [name])),
          t,
        ),
        'haifu --help',
      );
    const loaded = await word.load();
    if ('run' in loaded) {
      found = { prefix: word.name, command: loaded, words: rest };
    } else {
      const second = rest[at];
      const command = loaded.find(({ name }) => name === second);
      if (command === undefined) {
        if (words.includes('--help')) {
          output.line(groupUsage(word, loaded, t, width));
          return exitStatuses.good;
        }
        const names = loaded.map(({ name }) => name);
        const problem =
          second === undefined || second.startsWith('-')
            ? t('cli.usage.missingSecond', { command: `haifu ${word.name}`, words: names.join(', ') })
            : unknown('cli.usage.unknownCommand', second, names, t);
        return complain(problem, `haifu ${word.name} --help`);
      }
      found = { prefix: word.name, command, words: rest.toSpliced(at, 1) };
    }
  }

  const { prefix, command } = found;
  const parsed = parseWords(command, found.words, t);
  const helpOf = ['haifu', prefix, command.name === prefix ? '' : command.name, '--help']
    .filter(Boolean)
    .join(' ');
  if (!parsed.ok) return complain(parsed.problem, helpOf);
  if (parsed.values.help === true) {
    output.line(prefix === '' ? programUsage(table, t, width) : commandUsage(prefix, command, t, width));
    return exitStatuses.good;
  }
  return runCommand(command, parsed, { t, language, isLanguageGiven, isJson, output, programs });
}

async function runCommand(
  command: Command,
  parsed: ParsedWords & { ok: true },
  base: Pick<CommandContext, 't' | 'language' | 'isLanguageGiven' | 'isJson' | 'output' | 'programs'>,
): Promise<ExitStatus> {
  const given = parsed.values.data as string | undefined;
  const dataFolder = dataFolderOf(given, process.env, homedir());
  const interrupted = new AbortController();
  // The second Ctrl-C finds no listener and ends the process at once.
  process.once('SIGINT', () => interrupted.abort());
  const context: CommandContext = {
    ...base,
    dataFolder,
    hint: (words) => `haifu ${words}${given === undefined ? '' : ` --data ${shellWord(dataFolder)}`}`,
    interrupted: interrupted.signal,
    connect: (options) => connect({ dataFolder, kind: 'cli', ...options }),
    explain: (failure) => explained(base.t, failure),
  };
  const outcome = await Promise.race([
    command.run(context, { words: parsed.words, values: parsed.values as never }),
    untilInterrupted(context),
  ]);
  if (outcome === null) return exitStatuses.interrupted;
  if (outcome.ok) return outcome.value;
  const { message, next } = context.explain(outcome.failure);
  base.output.json({ error: { code: outcome.failure.code, message, next } });
  base.output.note(`haifu: ${message}\n  → ${next}`);
  return exitStatusOf(outcome.failure);
}

/** A failure in the words of the command line; a name that is near to one that exists is asked about. */
function explained(t: Translate, failure: Failure): { message: string; next: string } {
  const { message, next } = failureText(t, failure, 'commandLine');
  const { near } = failure.params;
  if (near === undefined) return { message, next };
  return { message, next: t('cli.usage.didYouMean', { word: sanitiseLine(String(near), 120) }) };
}

/** Ctrl-C ends any command at once, but one that watches: that one says how to come back first. */
const untilInterrupted = ({ interrupted, output }: CommandContext): Promise<null> =>
  new Promise((resolve) => {
    interrupted.addEventListener('abort', () => {
      if (!output.isPatient) resolve(null);
    });
  });

/** A word that a shell reads back as it is. */
export const shellWord = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;

function unknown(
  key: 'cli.usage.unknownCommand',
  word: string,
  known: readonly string[],
  t: Translate,
): string {
  const meant = nearest(word, known);
  const problem = t(key, { word: sanitiseLine(word, 80) });
  return meant === null ? problem : `${problem} ${t('cli.usage.didYouMean', { word: meant })}`;
}
