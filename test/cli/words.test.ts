import { describe, expect, it } from 'vitest';
import { bandwidthOption, numberOption, shareOption } from '../../src/cli/numberOption.ts';
import { jsonText } from '../../src/cli/program/jsonText.ts';
import { nearest } from '../../src/cli/program/nearest.ts';
import { parseWords } from '../../src/cli/program/parseWords.ts';
import { shellWord } from '../../src/cli/program/runProgram.ts';
import { parseDetectionRule } from '../../src/domain/detectionRule.ts';
import { parseExitCodeMap } from '../../src/domain/exitCodeMap.ts';
import { translator } from '../../src/i18n/translate.ts';

const t = translator('en');
const command = {
  positionals: [{ name: 'PACKAGE' }, { name: 'FILE', isOptional: true }],
  options: {
    attempts: { type: 'string', value: 'N', summary: 'cli.yes' },
    restart: { type: 'string', choices: ['prompt', 'never'], summary: 'cli.yes' },
    device: { type: 'string', multiple: true, summary: 'cli.yes' },
    plan: { type: 'boolean', summary: 'cli.yes' },
  },
} as const;
const problem = (...words: string[]): string => {
  const parsed = parseWords(command, words, t);
  return parsed.ok ? '' : parsed.problem;
};

describe('words of a command line', () => {
  it('become values by the table', () => {
    const words = ['p', '--device', 'a', '--plan', '--device=b', '--attempts', '3', '--', '--file'];
    const parsed = parseWords(command, words, t);
    expect(parsed).toMatchObject({
      ok: true,
      words: ['p', '--file'],
      values: { device: ['a', 'b'], plan: true, attempts: '3', json: false },
    });
  });

  it.each([
    [['p', '--atempts', '3'], 'There is no option --atempts. Did you mean “--attempts”?'],
    [['p', '--xyzzy'], 'There is no option --xyzzy.'],
    [['p', '-x'], 'There is no option -x.'],
    [['p', '--constructor'], 'There is no option --constructor.'],
    [['p', '--attempts'], '--attempts needs a value: --attempts N'],
    [
      ['p', '--attempts', '--plan'],
      '--attempts needs a value: --attempts N\nIf --plan is the value: --attempts=--plan',
    ],
    [['p', '--plan=yes'], '--plan takes no value.'],
    [['p', '--restart', 'maybe'], '--restart is one of: prompt, never.'],
    [[], 'PACKAGE is missing.'],
    [['p', 'f', 'x'], '“x” is one word too many.'],
    [['p', '--\x1b[31mred'], 'There is no option --red.'],
  ])('%j: %s', (words, expected) => expect(problem(...words)).toBe(expected));

  it('take a value with blanks as it is, dashes or not', () => {
    const parsed = parseWords(command, ['p', '--attempts', '--fail --fast'], t);
    expect(parsed).toMatchObject({ ok: true, values: { attempts: '--fail --fast' } });
  });

  it('asks for nothing more when help is wanted', () => expect(problem('--help')).toBe(''));
});

it.each([
  ['pakage', 'package'],
  ['lsit', 'list'],
  ['inst', 'install'],
  ['xyzzy', null],
  ['', null],
])('nearest to %s is %s', (word, known) =>
  expect(nearest(word, ['package', 'install', 'list', 'server'])).toBe(known),
);

describe('values', () => {
  const value = <T>(outcome: { ok: boolean; value?: T }) => (outcome.ok ? outcome.value : null);

  it.each([
    ['dpkg:vim', { kind: 'dpkg', name: 'vim', version: null }],
    ['rpm:vim=9.1-2', { kind: 'rpm', name: 'vim', version: '9.1-2' }],
    ['file:/opt/a b', { kind: 'file', path: '/opt/a b' }],
    ['file:relative', null],
    ['command:a:b', { kind: 'command', command: 'a:b' }],
    ['receipt', { kind: 'receipt' }],
    ['receipt:x', null],
    ['dpkg', null],
    ['', null],
  ])('detection %s', (text, rule) => expect(value(parseDetectionRule(text))).toEqual(rule));

  it.each([
    ['0=ok,3010=restart, 1618=retry', { 0: 'success', 3010: 'successRestart', 1618: 'retryLater' }],
    ['0=constructor', null],
    ['x=ok', null],
    ['', null],
  ])('exit codes %s', (text, map) => expect(value(parseExitCodeMap(text))).toEqual(map));

  it.each([
    ['1', 1],
    ['99', 99],
    ['0', null],
    ['100', null],
    ['1.5', null],
    ['0x10', null],
    ['', null],
  ])('number %s', (text, number) => expect(value(numberOption('attempts', text, 1, 99))).toBe(number));

  it.each([
    ['5', 5],
    ['10%', '10%'],
    ['0%', null],
    ['101%', null],
  ])('share %s', (text, share) => expect(value(shareOption('wave', text))).toBe(share));

  it.each([
    ['500k', 500_000],
    ['10M', 10_000_000],
    ['2048', 2048],
    ['1', null],
    ['10X', null],
  ])('bandwidth %s', (text, rate) => expect(value(bandwidthOption('bandwidth', text))).toBe(rate));

  it('a hint can be pasted into a shell', () => {
    expect(shellWord('/tmp/a')).toBe('/tmp/a');
    expect(shellWord("it's $HOME")).toBe(`'it'\\''s $HOME'`);
  });
});

it('B102 JSON shows nothing to a terminal, and means the same', () => {
  const hostile = { name: '\x9b31m\u202e\u2028\u{e0041}\x7f\x1b東' };
  const text = jsonText(hostile);
  expect(text).not.toMatch(/[\x00-\x1f\x7f-\x9f\u202e\u2028\u{e0041}]/u);
  expect(JSON.parse(text)).toEqual(hostile);
});
