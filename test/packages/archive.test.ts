import { execFileSync } from 'node:child_process';
import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { archive } from '../../src/packages/formats/archive.ts';
import {
  buildTar,
  buildZip,
  inTemporaryFolder,
  isInstalled,
  sourceOf,
  type TarFile,
  writeAll,
  type ZipFile,
} from './builders.ts';

const files = { 'tool/install.sh': '#!/bin/sh\n', 'tool/lib/deep/data': 'x'.repeat(10_000) };

const made = (ending: string, command: (path: string) => readonly string[]): Buffer =>
  inTemporaryFolder((folder) => {
    writeAll(folder, files);
    symlinkSync('lib/deep/data', join(folder, 'tool/link'));
    const [program = '', ...words] = command(`archive${ending}`);
    execFileSync(program, words, { cwd: folder, stdio: 'ignore' });
    return readFileSync(join(folder, `archive${ending}`));
  });

const readTarGz = (entries: readonly TarFile[]) =>
  archive.read(sourceOf('a-1.0.tar.gz', gzipSync(buildTar(entries))));
const readZip = (entries: readonly ZipFile[]) => archive.read(sourceOf('a-1.0.zip', buildZip(entries)));
const code = (read: Awaited<ReturnType<typeof archive.read>>) => (read.ok ? 'read' : read.failure.code);

describe('an archive', () => {
  it.each([
    ['.tar.gz', 'tar', (path: string) => ['tar', '-czf', path, 'tool']],
    ['.tar.xz', 'xz', (path: string) => ['tar', '-cJf', path, 'tool']],
    ['.tar.zst', 'zstd', (path: string) => ['tar', '--zstd', '-cf', path, 'tool']],
    ['.zip', 'python3', (path: string) => ['python3', '-m', 'zipfile', '-c', path, 'tool']],
  ])('%s of the usual tools is read and named after its file', async (ending, tool, command) => {
    if (!isInstalled(tool)) return expect(isInstalled(tool), `${tool} is not installed here`).toBe(false);
    const bytes = made(ending, command);
    const read = await archive.read(sourceOf(`My-Tool-1.4.2-linux-x86_64${ending}`, bytes));
    expect(read).toMatchObject({
      value: { format: 'archive', name: 'My-Tool', version: '1.4.2', architecture: 'amd64' },
    });
    for (let length = 12; length < bytes.length - 1; length += 29)
      expect([length, code(await archive.read(sourceOf(`a${ending}`, bytes.subarray(0, length))))]).toEqual([
        length,
        'package.truncated',
      ]);
  });

  it.each<[string, TarFile[]]>([
    ['a path with ..', [{ path: 'a/../../etc/passwd' }]],
    ['an absolute path', [{ path: '/etc/passwd' }]],
    ['a link to an absolute path', [{ path: 'a', type: '2', linkTarget: '/etc' }]],
    ['a link that leaves', [{ path: 'a/b', type: '2', linkTarget: '../../etc' }]],
    ['a link that leaves by way of a name', [{ path: 'a/b', type: '2', linkTarget: 'c/../../../etc' }]],
    ['a file behind a link', [{ path: 'a', type: '2', linkTarget: 'b' }, { path: 'a/file' }]],
    ['a file behind a later link', [{ path: 'a/file' }, { path: 'a', type: '2', linkTarget: 'b' }]],
    ['a hard link that leaves', [{ path: 'a', type: '1', linkTarget: '../../etc/shadow' }]],
    ['a device', [{ path: 'a', type: '3' }]],
    ['a backslash path', [{ path: '..\\..\\etc' }]],
    [
      'a long name with ..',
      [{ path: '@LongLink', type: 'L', content: `${'a/'.repeat(80)}../../../x` }, { path: 'a' }],
    ],
    ['a pax name with ..', [{ path: 'pax', type: 'x', content: '16 path=../evil\n' }, { path: 'a' }]],
  ])('with %s is unsafe', async (_what, entries) => {
    expect(code(await readTarGz(entries))).toBe('package.unsafeContent');
  });

  it('may have links that stay inside', async () => {
    const read = await readTarGz([
      { path: 'a/b/file' },
      { path: 'a/b/link', type: '2', linkTarget: '../other' },
      { path: 'a/hard', type: '1', linkTarget: 'a/b/file' },
    ]);
    expect(code(read)).toBe('read');
  });

  it.each<[string, ZipFile[], string]>([
    ['a path with ..', [{ path: '../evil' }], 'package.unsafeContent'],
    ['an absolute path', [{ path: '/etc/passwd' }], 'package.unsafeContent'],
    ['a link that leaves', [{ path: 'a', unixMode: 0o120777, content: '../etc' }], 'package.unsafeContent'],
    ['two names for one entry', [{ path: 'good', localPath: '../x' }], 'package.unsafeContent'],
    ['entries that share bytes', [{ path: 'a' }, { path: 'a', offset: 0 }], 'package.unsafeContent'],
    ['an encrypted entry', [{ path: 'a', flags: 1 }], 'package.unreadable'],
    ['a bomb', [{ path: 'a', unpackedBytes: 0xfffffffe }], 'package.tooLarge'],
    ['nothing wrong', [{ path: 'a/' }, { path: 'a/b', content: 'x' }], 'read'],
  ])('as zip with %s', async (_what, entries, expected) => {
    expect(code(await readZip(entries))).toBe(expected);
  });

  it('that unpacks to far more than its size is too large', async () => {
    const bytes = zstdCompressSync(Buffer.alloc(1024 * 1024));
    const huge = Buffer.concat(Array.from({ length: 1100 }, () => bytes));
    expect(code(await archive.read(sourceOf('bomb.tar.zst', huge)))).not.toBe('read');
  });
});
