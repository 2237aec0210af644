import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { InstallationPackage } from '../../src/domain/model.ts';
import { formatOf } from '../../src/packages/registry.ts';
import { buildTar, buildZip, inTemporaryFolder, isInstalled } from './builders.ts';

const planOf = (format: string, more: Partial<InstallationPackage>) => {
  const found = formatOf(format);
  if (found === null) throw new Error(format);
  return found.plan({
    id: 'pkg-00000000000000000000',
    name: 'demo',
    version: '1',
    format,
    platform: 'linux',
    architecture: 'all',
    dependencies: [],
    content: { sha256: '0'.repeat(64), sizeBytes: 0, fileName: 'demo.tar.gz' },
    command: null,
    parameters: '',
    detection: { kind: 'none' },
    exitCodes: {},
    installTimeoutMs: 1000,
    createdAt: '2026-01-01T00:00:00.000Z',
    ...more,
  });
};

const systemTools = [
  'sh',
  'cat',
  'ls',
  'grep',
  'sleep',
  'tar',
  'gzip',
  'xz',
  'zstd',
  'unzip',
  'python3',
  'env',
].flatMap((tool) =>
  ['/usr/bin', '/bin']
    .map((folder) => [tool, join(folder, tool)] as const)
    .filter(([, path]) => existsSync(path))
    .slice(0, 1),
);

/** Runs a plan as the runner does, with nothing on the PATH but these programs and a few of the system's. */
const run = (
  plan: ReturnType<typeof planOf>,
  { programs = {}, fileName, bytes }: { programs?: Record<string, string>; fileName: string; bytes: Buffer },
) =>
  inTemporaryFolder((folder) => {
    const bin = join(folder, 'bin');
    for (const name of ['bin', 'work']) mkdirSync(join(folder, name));
    for (const [name, text] of Object.entries(programs))
      writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
    for (const [tool, path] of systemTools)
      if (programs[tool] === undefined) symlinkSync(path, join(bin, tool));
    const file = join(folder, fileName);
    writeFileSync(file, bytes);
    chmodSync(file, 0o700);
    writeFileSync(join(folder, 'plan'), plan.script);
    const { status, stdout, stderr } = spawnSync('/bin/sh', ['../plan'], {
      cwd: join(folder, 'work'),
      env: { PATH: bin, HAIFU_PACKAGE: file, ...plan.environment },
      encoding: 'utf8',
    });
    return { status, stdout, stderr, file };
  });

/** Prints its arguments, each on a line. */
const echo = (name: string, code = 0) =>
  `echo ${name}; for word do printf '%s\\n' "<$word>"; done; exit ${code}`;
const file = { fileName: 'demo.deb', bytes: Buffer.alloc(0) };

describe('the plan of a deb', () => {
  it('uses apt-get without questions, with the parameters word by word', () => {
    const plan = planOf('deb', { parameters: `--allow-downgrades 'a b' "$(touch /tmp/x)" it\\'s` });
    const done = run(plan, { ...file, programs: { 'apt-get': `echo $DEBIAN_FRONTEND; ${echo('apt-get')}` } });
    expect(done.status).toBe(0);
    expect(done.stdout.split('\n')).toEqual(
      [
        'noninteractive',
        'apt-get',
        ...['-y', '-q', '-o', 'DPkg::Lock::Timeout=600', '-o', 'Dpkg::Options::=--force-confdef'],
        ...[
          '-o',
          'Dpkg::Options::=--force-confold',
          '-o',
          'Dpkg::Use-Pty=0',
          'install',
          '--allow-downgrades',
        ],
        ...['a b', '$(touch /tmp/x)', "it's", done.file],
        '',
      ].map((line, index) => (index < 2 || line === '' ? line : `<${line}>`)),
    );
  });

  it('passes on the exit code of apt-get', () => {
    expect(
      run(planOf('deb', {}), { ...file, programs: { 'apt-get': 'exit 100', grep: 'exit 1' } }).status,
    ).toBe(100);
  });

  it('says retry later when another one still holds the lock', () => {
    const programs = { 'apt-get': 'exit 100', ls: 'echo 4711 lock', grep: '[ "$2" = ":4711 " ]' };
    expect(run(planOf('deb', {}), { ...file, programs }).status).toBe(75);
  });

  it('falls back to dpkg', () => {
    const done = run(planOf('deb', {}), { ...file, programs: { dpkg: echo('dpkg', 1), grep: 'exit 1' } });
    expect(done).toMatchObject({ status: 1 });
    expect(done.stdout).toBe(`dpkg\n<--force-confdef>\n<--force-confold>\n<-i>\n<${done.file}>\n`);
  });

  it.each([
    ['an interrupted dpkg left its journal', '0000', '<--set-selections>\nmine\n'],
    ['dpkg has no journal', 'tmp.i', 'mine\n'],
  ])('settles before a command of its own what there is to settle: %s', (_name, listed, said) => {
    const plan = planOf('deb', { command: 'echo mine' });
    const dpkg = 'for word do printf \'%s\\n\' "<$word>"; done; exit 2';
    inTemporaryFolder((admin) => {
      mkdirSync(join(admin, 'updates'));
      writeFileSync(join(admin, 'updates', listed), '');
      const environment = { ...plan.environment, DPKG_ADMINDIR: admin };
      const done = run({ ...plan, environment }, { ...file, programs: { dpkg } });
      expect(done).toMatchObject({ status: 0, stdout: said });
    });
  });

  describe.runIf(isInstalled('dpkg-query'))('of a package that is plain', () => {
    const installed = (name: string, version: string, more = '') =>
      `Package: ${name}\nStatus: install ok installed\nMaintainer: x\nArchitecture: amd64\nVersion: ${version}\n${more}Description: x\n\n`;
    const dpkg = `[ "$1" != --compare-versions ] || exec /usr/bin/dpkg "$@"; echo dpkg`;
    const programs = {
      dpkg,
      'dpkg-query': 'exec /usr/bin/dpkg-query "$@"',
      'apt-get': 'echo apt-get',
      awk: 'exec /usr/bin/awk "$@"',
    };
    const plainDeb = { name: 'demo', version: '2', needs: ['libone (>= 1.5) | libtwo'] };
    const all = installed('dpkg', '1.22') + installed('libone', '1.6');

    it.each([
      ['dpkg', 'nothing is to be resolved', all, {}],
      ['dpkg', 'it takes the place of an older one', all + installed('demo', '1'), {}],
      [
        'dpkg',
        'it is there already, as others want it',
        all + installed('demo', '2') + installed('user', '1', 'Depends: demo (= 2)\n'),
        {},
      ],
      [
        'dpkg',
        'others want any version',
        all + installed('demo', '1') + installed('user', '1', 'Depends: demo, other-demo (= 1)\n'),
        {},
      ],
      [
        'apt-get',
        'others want the older version',
        all + installed('demo', '1') + installed('user', '1', 'Depends: libone, demo:any (= 1)\n'),
        {},
      ],
      [
        'apt-get',
        'others break with it',
        all + installed('demo', '1') + installed('user', '1', 'Breaks: demo (>> 1)\n'),
        {},
      ],
      ['apt-get', 'it would be a downgrade', all + installed('demo', '3'), {}],
      ['apt-get', 'a dependency is too old', installed('dpkg', '1.22') + installed('libone', '1.4'), {}],
      ['apt-get', 'a dependency is missing', installed('dpkg', '1.22'), {}],
      ['apt-get', 'it is of a foreign architecture', all, { architecture: 'i386' }],
      ['dpkg', 'it is of the own architecture', all, { architecture: 'amd64' }],
    ] as const)('leaves it to %s when %s', (tool, _when, status, more) => {
      inTemporaryFolder((admin) => {
        for (const name of ['updates', 'info']) mkdirSync(join(admin, name));
        writeFileSync(join(admin, 'status'), status);
        const plan = planOf('deb', { plainDeb, ...more });
        const done = run(
          { ...plan, environment: { ...plan.environment, DPKG_ADMINDIR: admin } },
          { ...file, programs },
        );
        expect(done).toMatchObject({ status: 0, stdout: `${tool}\n` });
      });
    });
  });

  it.runIf(isInstalled('dpkg-deb'))('really simulates with apt-get: the options are known to it', () => {
    const script = planOf('deb', { parameters: '--simulate' }).script.replaceAll('"$HAIFU_PACKAGE"', 'dpkg');
    const done = spawnSync('/bin/sh', ['-c', script], { encoding: 'utf8' });
    expect(done.stderr + done.stdout).toContain('dpkg is already the newest version');
    expect(done.status).toBe(0);
  });
});

describe('the plan of an rpm', () => {
  it.each([
    ['dnf', ['-y', 'install', '--x']],
    ['yum', ['-y', 'install', '--x']],
    ['zypper', ['--non-interactive', 'install', '--allow-unsigned-rpm', '--x']],
    ['rpm', ['-U', '--replacepkgs', '--x']],
  ])('uses %s where it is the first there', (tool, words) => {
    const done = run(planOf('rpm', { parameters: '--x' }), { ...file, programs: { [tool]: echo(tool) } });
    expect(done.stdout).toBe([tool, ...[...words, done.file].map((word) => `<${word}>`), ''].join('\n'));
  });

  it('says retry later when zypper met a lock', () => {
    expect(run(planOf('rpm', {}), { ...file, programs: { zypper: 'exit 7' } }).status).toBe(75);
  });
});

describe('the plan of an archive', () => {
  const entries = [{ path: 'install.sh', content: 'printf "%s|" "$0" "$@"; exit 3' }];
  it.each([
    ['a.tar.gz', 'gzip', gzipSync(buildTar(entries))],
    ['a.tar.zst', 'zstd', zstdCompressSync(buildTar(entries))],
    ['a.zip', 'python3', buildZip(entries)],
  ])('unpacks %s and runs the command in it', (fileName, tool, bytes) => {
    if (!isInstalled(tool)) return expect(isInstalled(tool), `${tool} is not installed here`).toBe(false);
    const plan = planOf('archive', {
      content: { sha256: '', sizeBytes: 0, fileName },
      command: 'sh ./install.sh --all',
      parameters: '"two words" $HOME',
    });
    expect(run(plan, { fileName, bytes })).toMatchObject({
      status: 3,
      stdout: './install.sh|--all|two words|$HOME|',
    });
  });

  it('runs nothing when it cannot be unpacked', () => {
    const plan = planOf('archive', { command: 'echo installed' });
    expect(run(plan, { fileName: 'a.tar.gz', bytes: Buffer.from('no') })).toMatchObject({
      status: 74,
      stdout: '',
    });
  });
});

describe('the plan of a script', () => {
  it('runs it with its interpreter and the parameters', () => {
    const bytes = Buffer.from('#!/usr/bin/env sh\nprintf "%s|" "$@"; exit 5\n');
    const done = run(planOf('script', { parameters: "--license 'A B'" }), {
      fileName: 'demo.run',
      bytes,
      programs: { sh: 'exec /bin/sh "$@"' },
    });
    expect(done).toMatchObject({ status: 5, stdout: '--license|A B|' });
  });

  it('runs the command in its place, if one is given', () => {
    const plan = planOf('script', { command: 'cat "$HAIFU_PACKAGE"' });
    expect(run(plan, { fileName: 'demo.run', bytes: Buffer.from('text') }).stdout).toBe('text');
  });
});
