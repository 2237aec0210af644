import { describe, expect, it } from 'vitest';
import { formatDetectionRule, parseDetectionRule } from '../../src/domain/detectionRule.ts';
import {
  exitMeaning,
  formatExitCodeMap,
  parseExitCodeMap,
  successCodes,
} from '../../src/domain/exitCodeMap.ts';
import { normaliseArchitecture, platformMismatch } from '../../src/domain/platformMatch.ts';
import { detectionRuleSchema } from '../../src/domain/schema.ts';
import { parseWords } from '../../src/domain/shellWords.ts';

describe('detection rules as text', () => {
  it.each([
    'dpkg:nginx',
    'dpkg:libc6:amd64=2:1.0-1~bpo12+1',
    'rpm:bash=0:5.2-1.el9',
    'file:/opt/tool/bin/tool',
    'command:tool --version | grep -q "1.4"',
    'receipt',
    'none',
  ])('%s is read and written alike', (text) => {
    const rule = parseDetectionRule(text);
    expect(rule.ok && formatDetectionRule(rule.value)).toBe(text);
  });

  it('refuses at each door a command that no shell takes', () => {
    const isTaken = (command: string) => detectionRuleSchema.safeParse({ kind: 'command', command }).success;
    expect([isTaken('test -e /x\ny'), isTaken('test\0-e')]).toEqual([true, false]);
  });

  it.each([
    '',
    'dpkg',
    'dpkg:',
    'dpkg:-x',
    'dpkg:a*',
    'dpkg:a=b c',
    'file:relative',
    'file:/a\nb',
    'command: ',
    'receipt:x',
    'msi:x',
  ])('%j is refused', (text) => {
    expect(parseDetectionRule(text)).toMatchObject({ failure: { code: 'input.invalid' } });
  });
});

describe('exit-code maps', () => {
  it('are read with short words and written with them', () => {
    const map = parseExitCodeMap(' 0=ok, 3010=restart,75=retry,1638=anotherVersion ,1=failed');
    if (!map.ok) throw new Error('refused');
    expect(formatExitCodeMap(map.value)).toBe('0=success,1=failed,75=retry,1638=anotherVersion,3010=restart');
    expect(exitMeaning(map.value, 75)).toBe('retryLater');
    expect(exitMeaning(map.value, 2)).toBe('failed');
    expect(successCodes(map.value)).toEqual([0, 3010]);
  });

  it.each(['', '0', '0=', '=ok', '-1=ok', '0=fine', '0=ok,,', '0=toString'])('%j is refused', (text) => {
    expect(parseExitCodeMap(text).ok).toBe(false);
  });
});

describe('platform of package and device', () => {
  const debian = { osFamily: 'debian', osName: 'Debian GNU/Linux 12', architecture: 'x86_64' } as const;
  const fedora = { osFamily: 'rpm', osName: 'Fedora 42', architecture: 'aarch64' } as const;
  const wanted = { platform: 'linux', format: 'deb', architecture: 'amd64' } as const;

  it.each([
    ['the same', wanted, debian, null],
    ['for all', { ...wanted, architecture: 'all' } as const, debian, null],
    ['a deb on an rpm device', wanted, fedora, 'check.platformMismatch'],
    ['an rpm on a Debian device', { ...wanted, format: 'rpm' }, debian, 'check.platformMismatch'],
    ['a script anywhere', { ...wanted, format: 'script', architecture: 'all' } as const, fedora, null],
    [
      'another architecture',
      { ...wanted, architecture: 'arm64' } as const,
      debian,
      'check.architectureMismatch',
    ],
    ['a 32-bit deb', { ...wanted, architecture: 'i386' } as const, debian, 'check.architectureMismatch'],
    ['a 32-bit program', { ...wanted, format: 'archive', architecture: 'i386' } as const, debian, null],
    ['a device that does not say', wanted, { ...debian, architecture: '' }, null],
    ['a Windows package', { ...wanted, platform: 'windows' } as const, debian, 'check.platformMismatch'],
  ])('%s', (_what, one, facts, code) => {
    expect(platformMismatch(one, facts)?.code ?? null).toBe(code);
  });

  it('names both in the failure', () => {
    expect(platformMismatch({ ...wanted, architecture: 'arm64' }, debian)?.params).toEqual({
      package: 'arm64',
      device: 'x86_64',
    });
  });

  it.each([
    ['armv7l', 'armhf'],
    ['i686', 'i386'],
    ['ppc64le', 'ppc64el'],
    ['noarch', 'all'],
    ['sparc', null],
  ])('%s is %s', (name, architecture) => {
    expect(normaliseArchitecture(name)).toBe(architecture);
  });
});

describe('parameters', () => {
  it.each([
    ['', []],
    ['  a   b ', ['a', 'b']],
    [`'a b' "c \\" d" e\\ f`, ['a b', 'c " d', 'e f']],
    [`KEY='v w'x`, ['KEY=v wx']],
    [`''`, ['']],
    ['$HOME * `x`', ['$HOME', '*', '`x`']],
    ['"\\n"', ['\\n']],
    ['日本 語', ['日本', '語']],
  ])('%j', (text, words) => {
    expect(parseWords(text)).toEqual({ ok: true, value: words });
  });

  it.each([`'open`, '"open', 'a\\'])('%j is refused', (text) => {
    expect(parseWords(text).ok).toBe(false);
  });
});
