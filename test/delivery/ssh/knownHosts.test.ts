import { execFileSync, spawnSync } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import {
  knownHostName,
  matchesHosts,
  matchesPattern,
  parseKnownHosts,
} from '../../../src/delivery/methods/ssh/knownHosts.ts';
import { readKnownHosts } from '../../../src/delivery/methods/ssh/knownHostsFiles.ts';
import { newTemporaryFolder, sshKeygen } from '../realSshd.ts';

const hasKeygen = spawnSync('ssh-keygen', ['-?']).error === undefined;

/** Repeatable random numbers (mulberry32). */
function random(seed: number) {
  let state = seed;
  return (below: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * below);
  };
}

describe.skipIf(!hasKeygen)('known_hosts beside ssh-keygen -F', () => {
  let folder: string;
  let keys: string[];
  beforeAll(async () => {
    folder = await newTemporaryFolder();
    keys = ['ed25519', 'ecdsa'].map((type) => {
      sshKeygen('-q', '-t', type, '-N', '', '-f', join(folder, type));
      return execFileSync('cut', ['-d', ' ', '-f1,2', join(folder, `${type}.pub`)], {
        encoding: 'utf8',
      }).trim();
    });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('decides the same in 2,400 generated cases of a line and a name', async () => {
    const next = random(20260101);
    const pick = <T>(list: readonly T[]): T => list[next(list.length)] as T;
    const names = [
      'alpha',
      'beta.example.com',
      'ALPHA',
      '10.0.0.1',
      '10.0.0.12',
      'fe80::1',
      'x',
      'gamma-1.lab',
    ];
    const patterns = [
      ...names,
      '*',
      '*.example.com',
      '10.0.0.*',
      '10.0.0.?',
      'a*a',
      '?',
      '*a*',
      '!alpha',
      '!*.com',
    ];
    const host = (): string => {
      const name = pick(patterns);
      return next(4) === 0
        ? `${name.startsWith('!') ? '!' : ''}[${name.replace('!', '')}]:${pick([22, 2222])}`
        : name;
    };
    let differences = 0;
    let found = 0;
    let asked = 0;
    for (let file = 0; file < 60; file++) {
      const lines = Array.from({ length: 8 }, () => {
        const hosts = Array.from({ length: 1 + next(3) }, host).join(',');
        const marker = pick(['', '', '', '@revoked ', '@cert-authority ', '@nonsense ']);
        const blank = pick([' ', '\t', '  ']);
        return pick([
          `${marker}${hosts}${blank}${pick(keys)} somebody@somewhere`,
          `${marker}${hosts}${blank}${pick(keys)}`,
          '# a comment',
          '',
          `  ${hosts} ${pick(keys)}`,
        ]);
      });
      const path = join(folder, `known_${file}`);
      await writeFile(path, `${lines.join('\n')}\n`);
      if (next(2) === 0) spawnSync('ssh-keygen', ['-H', '-f', path], { stdio: 'ignore' });
      const text = execFileSync('cat', [path], { encoding: 'utf8' });
      const parsed = parseKnownHosts(text);
      for (let query = 0; query < 5; query++) {
        const name = knownHostName(pick(names), pick([22, 22, 2222, 8022]));
        // Its answer: a comment line, then the known_hosts line, for each line found.
        const answer = spawnSync('ssh-keygen', ['-F', name, '-f', path], { encoding: 'utf8' });
        const theirs = answer.stdout
          .split('\n')
          .filter((line) => line !== '' && !line.startsWith('# Host'))
          .map((line) => line.split(/[ \t]+/).filter((word) => word.startsWith('AAAA'))[0]);
        const ours = parsed.lines.filter((line) => matchesHosts(line.hosts, name)).map((line) => line.key);
        asked += lines.length;
        found += ours.length;
        if (JSON.stringify(theirs) !== JSON.stringify(ours)) {
          differences++;
          if (differences < 4) console.error(name, text, answer.stdout, ours);
        }
      }
    }
    expect({ asked, differences }).toEqual({ asked: 2400, differences: 0 });
    expect(found).toBeGreaterThan(200);
  }, 120_000);
});

describe('known_hosts', () => {
  it('reports lines that it cannot read instead of guessing', () => {
    const { lines, unreadable } = parseKnownHosts(
      '# c\n\nhost ssh-ed25519\nhost ssh-rsa AAAAB3\n@odd h t k\n',
    );
    expect(lines).toEqual([]);
    expect(unreadable).toEqual([3, 4, 5]);
  });

  it('knows hosts of files of any length', { timeout: 60_000 }, async () => {
    const folder = await newTemporaryFolder();
    onTestFinished(() => rm(folder, { recursive: true }));
    const blob = Buffer.concat([Buffer.from([0, 0, 0, 11]), Buffer.from('ssh-ed25519')]).toString('base64');
    const line = (index: number): string => `h${index} ssh-ed25519 ${blob}\n`;
    const text = Array.from({ length: 150_000 }, (_, index) => line(index)).join('');
    await writeFile(join(folder, 'one'), text);
    await writeFile(join(folder, 'two'), line(1));
    const read = await readKnownHosts([join(folder, 'one'), join(folder, 'two')]);
    expect([read.isComplete, read.lines.length]).toEqual([true, 150_001]);
  });

  it('matches a pattern of many stars quickly', () => {
    const startedAt = performance.now();
    expect(matchesPattern(`${'*a'.repeat(2000)}b`, 'a'.repeat(4000))).toBe(false);
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });
});
