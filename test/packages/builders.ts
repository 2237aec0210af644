import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import type { PackageSource } from '../../src/packages/packageFormat.ts';

export const sourceOf = (fileName: string, bytes: Buffer): PackageSource => ({
  fileName,
  sizeBytes: bytes.length,
  read: async (offset, length) => bytes.subarray(offset, offset + length),
});

export function inTemporaryFolder<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'haifu-packages-'));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export const isInstalled = (program: string): boolean => {
  try {
    execFileSync('/bin/sh', ['-c', `command -v ${program}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

export const sampleControl = `Package: haifu-sample
Version: 2:1.4.2-3
Architecture: amd64
Maintainer: Somebody <somebody@example.org>
Pre-Depends: libc6 (>= 2.34)
Depends: adduser,
 libssl3 (>= 3.0) | libssl1.1
Description: 配布の見本
 Two lines.
 .
 More.
`;

/** A real package, made by dpkg-deb. */
export const buildDeb = (compression: string, control = sampleControl): Buffer =>
  inTemporaryFolder((folder) => {
    const root = join(folder, 'root');
    mkdirSync(join(root, 'DEBIAN'), { recursive: true });
    mkdirSync(join(root, 'opt/sample'), { recursive: true });
    writeFileSync(join(root, 'DEBIAN/control'), control);
    writeFileSync(join(root, 'opt/sample/file'), 'x'.repeat(5000));
    execFileSync(
      'dpkg-deb',
      [`-Z${compression}`, '--root-owner-group', '--build', root, join(folder, 'p.deb')],
      {
        stdio: 'ignore',
      },
    );
    return readFileSync(join(folder, 'p.deb'));
  });

/** A real package, made by rpmbuild. */
export const buildRpm = (head: string, target = 'noarch'): Buffer =>
  inTemporaryFolder((folder) => {
    writeFileSync(
      join(folder, 'p.spec'),
      `${head}
Summary: Sample
License: MIT
%description
Sample
%install
mkdir -p %{buildroot}/opt/sample
echo x > %{buildroot}/opt/sample/file
%files
/opt/sample/file
`,
    );
    const output = execFileSync(
      'rpmbuild',
      [
        '-bb',
        '--target',
        target,
        '--define',
        `_topdir ${folder}`,
        '--define',
        `_rpmdir ${folder}/out`,
        join(folder, 'p.spec'),
      ],
      { stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' },
    );
    const path = /^Wrote: (.+\.rpm)$/m.exec(output)?.[1];
    if (path === undefined) throw new Error(output);
    return readFileSync(path);
  });

export interface TarFile {
  readonly path: string;
  readonly type?: string;
  readonly linkTarget?: string;
  readonly content?: string;
}

/** A ustar of any entries, hostile ones too, which tar(1) would not write. */
export function buildTar(files: readonly TarFile[]): Buffer {
  const blocks = files.flatMap(({ path, type = '0', linkTarget = '', content = '' }) => {
    const header = Buffer.alloc(512);
    const body = Buffer.from(content);
    header.write(path, 0, 100, 'utf8');
    header.write('0000644\0', 100);
    header.write(`${body.length.toString(8).padStart(11, '0')}\0`, 124);
    header.write('        ', 148);
    header.write(type, 156);
    header.write(linkTarget, 157, 100, 'utf8');
    header.write('ustar\x0000', 257, 'latin1');
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    return [header, body, Buffer.alloc((512 - (body.length % 512)) % 512)];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

export interface ZipFile {
  readonly path: string;
  readonly content?: string;
  readonly unixMode?: number;
  readonly localPath?: string;
  readonly flags?: number;
  readonly unpackedBytes?: number;
  readonly offset?: number;
}

/** A zip of any entries, hostile ones too. */
export function buildZip(files: readonly ZipFile[]): Buffer {
  const bodies: Buffer[] = [];
  const records: Buffer[] = [];
  let at = 0;
  for (const {
    path,
    content = '',
    unixMode = 0o100644,
    localPath = path,
    flags = 0,
    unpackedBytes,
    offset,
  } of files) {
    const packed = deflateRawSync(Buffer.from(content));
    const size = unpackedBytes ?? Buffer.byteLength(content);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(flags, 6);
    local.writeUInt16LE(8, 8);
    local.writeUInt32LE(crc32(content), 14);
    local.writeUInt32LE(packed.length, 18);
    local.writeUInt32LE(size, 22);
    local.writeUInt16LE(Buffer.byteLength(localPath), 26);
    const record = Buffer.alloc(46);
    record.writeUInt32LE(0x02014b50, 0);
    record.writeUInt16LE(0x0314, 4);
    record.writeUInt16LE(flags, 8);
    record.writeUInt16LE(8, 10);
    record.writeUInt32LE(crc32(content), 16);
    record.writeUInt32LE(packed.length, 20);
    record.writeUInt32LE(size, 24);
    record.writeUInt16LE(Buffer.byteLength(path), 28);
    record.writeUInt32LE((unixMode << 16) >>> 0, 38);
    record.writeUInt32LE(offset ?? at, 42);
    bodies.push(local, Buffer.from(localPath), packed);
    records.push(record, Buffer.from(path));
    at += 30 + Buffer.byteLength(localPath) + packed.length;
  }
  const directory = Buffer.concat(records);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...bodies, directory, end]);
}

export const writeAll = (folder: string, files: Readonly<Record<string, string>>): void => {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
};
