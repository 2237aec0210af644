import { expect, it } from 'vitest';
import { failure, failureCodes } from '../../src/domain/failure.ts';
import { failureText } from '../../src/i18n/failureText.ts';
import { languageOf, translator } from '../../src/i18n/translate.ts';

const en = translator('en');
const ja = translator('ja');

it('names kinds and expectations in the language', () => {
  const missing = failure('input.notFound', { kind: 'device', name: 'web' });
  expect(failureText(en, missing).message).toBe('There is no device "web".');
  expect(failureText(ja, missing).message).toBe('デバイス「web」はありません。');
  const number = failure('input.invalid', { field: '--attempts', expected: 'number', min: 1, max: 99 });
  expect(failureText(en, number).message).toBe('--attempts is not valid: a number from 1 to 99.');
});

it('B30 says both ways out of exhausted attempts', () => {
  const { next } = failureText(ja, failure('attempts.exhausted', { attempts: 3, limit: 3 }));
  expect(next).toContain('試行回数を増やす');
  expect(next).toContain('新しいタスク');
});

it('speaks of options and commands only to who types them', () => {
  for (const t of [en, ja])
    for (const code of failureCodes) {
      const { next } = failureText(t, failure(code));
      // But where the console itself cannot work, or a question was asked on the command line.
      if (/^(server|store|vault|input)\./.test(code)) continue;
      expect(next.replace('dpkg --configure', ''), code).not.toMatch(
        /haifu (task|run|package|account|hostkey)|--[a-z]/,
      );
    }
  const missing = failure('key.passphraseMissing');
  expect(failureText(en, missing, 'commandLine').next).toContain('--passphrase-stdin');
});

it('B102 lets no device speak to the terminal, and leaves its braces alone', () => {
  const { message } = failureText(
    en,
    failure('installer.exitCode', { exitCode: 1, tail: '\x1b[2J{name}\u202e' }),
  );
  expect(message).toBe('The installer ended with exit code 1: {name}<U+202E>');
});

it('shows a dash for what is not known', () => {
  expect(failureText(en, failure('check.alreadyInstalled')).message).toBe(
    'It is already installed (version –).',
  );
});

it.each([
  [{ LC_ALL: 'ja_JP.UTF-8' }, 'ja'],
  [{ LANG: 'ja' }, 'ja'],
  [{ LC_ALL: 'C', LANG: 'ja_JP.UTF-8' }, 'en'],
  [{}, 'en'],
])('%o means %s', (environment, language) => expect(languageOf(environment)).toBe(language));
