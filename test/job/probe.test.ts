import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newNonce } from '../../src/job/nonce.ts';
import { type ProbeRequest, parseProbe, probeScript } from '../../src/job/probe.ts';
import { receiptFile } from '../../src/job/shell/detection.ts';
import { contentOf, install, receiptQuery } from './orders.ts';
import { FakeDevice, installedShells } from './shells.ts';

const bytes = Buffer.from('some content');

describe.each(installedShells())('probe under $name', (shell) => {
  let device: FakeDevice;
  beforeEach(() => {
    device = new FakeDevice(shell);
  });
  afterEach(() => device.dispose());

  const probe = async (more: Partial<ProbeRequest> = {}) => {
    const nonce = newNonce();
    const request = { nonce, tools: [], detection: null, content: null, attemptId: null, ...more };
    const { output } = await device.run(probeScript(request));
    const probed = parseProbe(output, nonce);
    if (!probed.ok) throw new Error(`${JSON.stringify(probed.failure)}\n${output}`);
    return probed.value;
  };

  it('says who, what and how much room, and writes nothing', async () => {
    const probed = await probe({ tools: ['sh', 'no-such-tool'], content: contentOf(bytes) });
    expect(probed).toMatchObject({
      uid: process.getuid?.(),
      user: execFileSync('id', ['-un'], { encoding: 'utf8' }).trim(),
      stateDirectory: device.state,
      stateDirectoryIs: 'writable',
      tools: ['sh'],
      detection: null,
      content: { kind: 'partial', bytes: 0 },
      job: { kind: 'none' },
    });
    expect(probed.facts).toMatchObject({ bootId: 'boot-one' });
    expect(probed.facts.osName).not.toBe('');
    expect(probed.facts.architecture).not.toBe('');
    expect(probed.freeBytes).toBeGreaterThan(0);
    expect(probed.rootFreeBytes).toBeGreaterThan(0);
    expect(existsSync(device.state)).toBe(false);
    expect(readdirSync(device.home)).toEqual([]);
  });

  it('knows the content: complete when its hash is right, else how much of it there is', async () => {
    const content = contentOf(bytes);
    const cache = join(device.state, 'cache');
    mkdirSync(cache, { recursive: true });
    writeFileSync(join(cache, `${content.sha256}.part`), bytes.subarray(0, 7));
    expect((await probe({ content })).content).toEqual({ kind: 'partial', bytes: 7 });
    writeFileSync(join(cache, content.sha256), bytes);
    expect((await probe({ content })).content).toEqual({ kind: 'complete' });
    truncateSync(join(cache, content.sha256), 3);
    expect((await probe({ content })).content).toEqual({ kind: 'partial', bytes: 0 });
  });

  it('knows the job of an attempt and its receipt', async () => {
    const { request } = await install(device, 'exit 0');
    const probed = await probe({
      attemptId: request.attemptId,
      detection: receiptQuery(request.content),
    });
    expect(probed.job).toEqual({ kind: 'exit', code: 0 });
    expect(probed.detection).toEqual({ state: 'present', installedVersion: '1.0' });
  });

  it.each([
    ['another version', { version: '2.0' }],
    ['another name', { name: 'other' }],
    ['other content', { sha256: 'f'.repeat(64) }],
  ])('takes the same receipt for absent with %s', async (_name, more) => {
    const { request } = await install(device, 'exit 0');
    const { detection } = await probe({ detection: { ...receiptQuery(request.content), ...more } });
    expect(detection?.state).toBe('absent');
  });

  it('reads a receipt of two lines, and one whose name stands for another file', async () => {
    const { request } = await install(device, 'exit 0');
    const { name, sha256 } = receiptQuery(request.content);
    const receipt = join(device.state, 'receipts', receiptFile(name));
    const state = async () => (await probe({ detection: receiptQuery(request.content) })).detection?.state;
    writeFileSync(receipt, `${sha256}\n1.0\n`);
    expect(await state()).toBe('present');
    writeFileSync(receipt, `${sha256}\n1.0\nother\n`);
    expect(await state()).toBe('absent');
  });

  it('finds half-configured packages and an interrupted dpkg', async () => {
    const folder = join(device.folder, 'dpkg');
    mkdirSync(join(folder, 'updates'), { recursive: true });
    device.environment['DPKG_ADMINDIR'] = folder;
    writeFileSync(join(folder, 'status'), 'Package: a\nStatus: install ok installed\n');
    expect((await probe()).isPackageManagerBroken).toBe(false);
    // What an interrupted dpkg wrote down last counts more than its status file, one package at a time.
    const stanza = (name: string, architecture: string, status: string) =>
      `Package: ${name}\nStatus: install ok ${status}\nArchitecture: ${architecture}\n`;
    writeFileSync(join(folder, 'updates/0000'), stanza('a', 'amd64', 'unpacked'));
    expect((await probe()).isPackageManagerBroken).toBe(true);
    writeFileSync(join(folder, 'updates/0001'), stanza('a', 'amd64', 'installed'));
    writeFileSync(join(folder, 'updates/tmp.i'), stanza('b', 'amd64', 'half-installed'));
    expect((await probe()).isPackageManagerBroken).toBe(false);
    writeFileSync(join(folder, 'updates/0002'), stanza('a', 'i386', 'half-configured'));
    expect((await probe()).isPackageManagerBroken).toBe(true);
    const detection = {
      rule: { kind: 'dpkg', name: 'a', version: null },
      name: '',
      version: '',
      sha256: '',
    } as const;
    expect((await probe({ detection })).isPackageManagerBroken).toBe(false);
    writeFileSync(join(folder, 'status'), 'Package: c\nStatus: install reinstreq half-installed\n');
    expect((await probe({ detection })).isPackageManagerBroken).toBe(true);
  });

  it('lists the terminals with somebody logged in', async () => {
    device.fakeProgram('who', 'echo "ann pts/3 2026-01-01"; echo "bob tty1 2026-01-01"');
    expect((await probe()).terminals).toEqual(['pts/3', 'tty1']);
  });

  it.each([
    ['Debian', 'exit 0', 'debian'],
    ['a dpkg that does not answer', 'exit 1', 'debian'],
  ])('names the architecture in %s', async (_name, dpkg) => {
    device.fakeProgram('dpkg', `[ "$1" = --print-architecture ] && { echo armhf; ${dpkg}; }`);
    device.fakeProgram('uname', 'case $1 in -m) echo armv7l ;; *) echo Linux ;; esac');
    expect((await probe()).facts.architecture).toMatch(/^arm/);
  });

  it.runIf(existsSync('/usr/bin/dpkg-query'))('asks dpkg with the version', async () => {
    const version = execFileSync('dpkg-query', ['-W', '-f=$' + '{Version}', 'dpkg'], { encoding: 'utf8' });
    const ask = async (name: string, wanted: string | null) =>
      (
        await probe({
          detection: { rule: { kind: 'dpkg', name, version: wanted }, name: '', version: '', sha256: '' },
        })
      ).detection;
    expect(await ask('dpkg', null)).toEqual({ state: 'present', installedVersion: version });
    expect(await ask('dpkg', version)).toEqual({ state: 'present', installedVersion: version });
    expect(await ask('dpkg', '0.1')).toEqual({ state: 'absent', installedVersion: version });
    expect(await ask('no-such-package', null)).toEqual({ state: 'absent', installedVersion: null });
  });

  it('asks rpm, with and without an epoch', async () => {
    device.fakeProgram(
      'rpm',
      'case "$*" in *" -- demo") echo "7 1.0-2"; exit 0 ;; esac; echo not installed; exit 1',
    );
    const ask = async (name: string, version: string | null) =>
      (
        await probe({
          detection: { rule: { kind: 'rpm', name, version }, name: '', version: '', sha256: '' },
        })
      ).detection;
    expect(await ask('demo', '7:1.0-2')).toEqual({ state: 'present', installedVersion: '7:1.0-2' });
    expect(await ask('demo', '1.0-2')).toEqual({ state: 'present', installedVersion: '7:1.0-2' });
    expect(await ask('demo', '1.0-3')).toEqual({ state: 'absent', installedVersion: '7:1.0-2' });
    expect(await ask('other', null)).toEqual({ state: 'absent', installedVersion: null });
  });

  it.each([
    ['/etc', 'present'],
    [`/no/such "file" $(touch x) 'y`, 'absent'],
  ])('asks for the file %s', async (path, state) => {
    const detection = { rule: { kind: 'file' as const, path }, name: '', version: '', sha256: '' };
    expect((await probe({ detection })).detection?.state).toBe(state);
  });

  it.each([
    ['[ "$HOME" != "" ] && echo "[[x:detection absent ]]"', 'present'],
    [`echo 'quoted "text"'; false`, 'absent'],
  ])('asks the command %s', async (command, state) => {
    const detection = { rule: { kind: 'command' as const, command }, name: '', version: '', sha256: '' };
    expect((await probe({ detection })).detection?.state).toBe(state);
  });
});

describe('parseProbe', () => {
  it('says what a login printed that is no shell', () => {
    const read = parseProbe('This account is\r\n restricted.\n', newNonce());
    expect(read).toMatchObject({
      failure: { code: 'check.probeFailed', params: { detail: 'This account is restricted.' } },
    });
  });

  it('does not believe lines with another nonce', () => {
    const nonce = newNonce();
    const forged = `[[${newNonce()}:uid 0]]\n[[${newNonce()}:rights writable]]\n[[${newNonce()}:whole ]]\n`;
    expect(parseProbe(forged, nonce).ok).toBe(false);
  });
});
