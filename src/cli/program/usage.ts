import type { Translate } from '../../i18n/translate.ts';
import { cellWidth, cutCells } from '../../shared/cellWidth.ts';
import type { Command, CommandWord, Options } from './command.ts';
import { commonOptions } from './parseWords.ts';

/** Usage texts, made from the same tables that the parser reads. */
const nameColumn = 34;

/** What `haifu` alone takes. */
export const consoleOptions = {
  'read-only': { type: 'boolean', summary: 'cli.option.readOnly' },
  'screen-reader': { type: 'boolean', summary: 'cli.option.screenReader' },
  'no-mouse': { type: 'boolean', summary: 'cli.option.noMouse' },
  version: { type: 'boolean', summary: 'cli.option.version' },
} as const satisfies Options;

/** `haifu --help` */
export function programUsage(words: readonly CommandWord[], t: Translate, width: number): string {
  return [
    t('cli.usage.program'),
    '',
    `${t('cli.usage.usage')}: haifu [COMMAND] …`,
    '',
    ...rows(
      [
        ['haifu', t('cli.console.summary')],
        ...words
          .filter(({ isHidden }) => isHidden !== true)
          .map(({ name, summary }) => [`haifu ${name}`, t(summary)] as const),
      ],
      width,
      20,
    ),
    '',
    ...optionRows({ ...commonOptions, ...consoleOptions }, t, width),
    '',
    t('cli.usage.more'),
  ].join('\n');
}

/** `haifu package --help` */
export function groupUsage(
  word: CommandWord,
  commands: readonly Command[],
  t: Translate,
  width: number,
): string {
  return [
    `haifu ${word.name}: ${t(word.summary)}`,
    '',
    ...rows(
      commands.map((command) => [synopsis(word.name, command), t(command.summary)] as const),
      width,
      nameColumn,
    ),
    '',
    t('cli.usage.moreOf', { command: `haifu ${word.name}` }),
  ].join('\n');
}

/** `haifu package add --help` */
export function commandUsage(prefix: string, command: Command, t: Translate, width: number): string {
  const examples = command.examples ?? [];
  return [
    `${t('cli.usage.usage')}: ${synopsis(prefix, command)}${Object.keys(command.options).length > 0 ? ' [OPTION…]' : ''}`,
    '',
    ...wrapped(t(command.summary), width),
    '',
    ...optionRows({ ...command.options, ...commonOptions }, t, width),
    ...(examples.length > 0 ? ['', `${t('cli.usage.examples')}:`, ...examples.map((one) => `  ${one}`)] : []),
  ].join('\n');
}

/** `haifu package add FILE…`, without the options. */
export function synopsis(prefix: string, { name, positionals }: Command): string {
  const words = positionals.map((positional) => {
    const word = `${positional.name}${positional.isRepeated ? '…' : ''}`;
    return positional.isOptional ? `[${word}]` : word;
  });
  return ['haifu', prefix, name === prefix ? '' : name, ...words].filter((word) => word !== '').join(' ');
}

const optionRows = (options: Options, t: Translate, width: number): string[] =>
  rows(
    Object.entries(options).map(
      ([name, { value, summary, multiple }]) =>
        [`--${name}${value === undefined ? '' : ` ${value}`}${multiple ? ' …' : ''}`, t(summary)] as const,
    ),
    width,
    nameColumn,
  );

function rows(entries: readonly (readonly [string, string])[], width: number, column: number): string[] {
  return entries.flatMap(([name, text]) => {
    const lines = wrapped(text, Math.max(20, width - column - 2));
    const label = `  ${name}`;
    const room = column - cellWidth(label);
    const [first = '', ...rest] = lines;
    const indent = ' '.repeat(column);
    return room > 0
      ? [label + ' '.repeat(room) + first, ...rest.map((line) => indent + line)]
      : [label, ...lines.map((line) => indent + line)];
  });
}

/** What stands at no line's beginning in Japanese. */
const neverFirst = /^[、。，．・：；）」』】〕！？ーっゃゅょッャュョ)\]}%:;,.!?]/u;

/** Breaks at blanks; Japanese, which has none, between any two characters, but never within a Latin word. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let rest = text;
  while (cellWidth(rest) > width) {
    const end = breakOf(rest, width);
    lines.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  return [...lines, rest];
}

function breakOf(text: string, width: number): number {
  const cut = cutCells(text, width);
  const isUseful = (end: number) => cellWidth(text.slice(0, end)) > width / 3;
  const wordStart = (end: number) => text.slice(0, end).replace(/[!-~]+$/, '').length;
  const isWithinWord = /^[!-~]/.test(text.slice(cut.length));
  const end = Math.max(cut.lastIndexOf(' '), isWithinWord ? wordStart(cut.length) : cut.length);
  if (!isUseful(end)) return cut.length;
  let before = end;
  while (before > 1 && neverFirst.test(text.slice(before).trimStart()))
    before = Math.min(before - 1, wordStart(before));
  return isUseful(before) ? before : end;
}
