import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newNonce } from '../../src/job/nonce.ts';
import { parseReceived, receiveScript } from '../../src/job/receive.ts';
import { startScript } from '../../src/job/start.ts';
import { contentOf, send, startRequest } from './orders.ts';
import { FakeDevice, followEvents, installedShells, logOf, newAttemptId } from './shells.ts';

const bytes = randomBytes(300_000);
const content = contentOf(bytes);

describe.each(installedShells())('receive under $name', (shell) => {
  let device: FakeDevice;
  beforeEach(() => {
    device = new FakeDevice(shell);
  });
  afterEach(() => device.dispose());
  const part = () => join(device.state, 'cache', `${content.sha256}.part`);

  it('keeps the bytes, for their owner only', async () => {
    expect(await send(device, bytes)).toEqual({
      ok: true,
      value: { bytes: bytes.length, uploadFolder: null },
    });
    expect(readFileSync(part()).equals(bytes)).toBe(true);
    expect(statSync(part()).mode & 0o777).toBe(0o600);
    expect(statSync(device.state).mode & 0o777).toBe(0o700);
  });

  it('keeps what came before a cut and goes on from there', async () => {
    const nonce = newNonce();
    const script = receiveScript({ nonce, content, destination: { kind: 'cache' }, offset: 0 });
    const { output } = await device.run(script, bytes.subarray(0, 123_457));
    expect(parseReceived(output, nonce)).toMatchObject({ value: { bytes: 123_457 } });
    expect(await send(device, bytes, 123_457)).toMatchObject({ value: { bytes: bytes.length } });
    expect(readFileSync(part()).equals(bytes)).toBe(true);
  });

  it('cuts off what stands behind the offset, and takes no more than the content has', async () => {
    await send(device, bytes);
    const nonce = newNonce();
    const script = receiveScript({ nonce, content, destination: { kind: 'cache' }, offset: 1000 });
    const { output } = await device.run(script, Buffer.concat([bytes.subarray(1000), randomBytes(5000)]));
    expect(parseReceived(output, nonce)).toMatchObject({ value: { bytes: bytes.length } });
    expect(readFileSync(part()).equals(bytes)).toBe(true);
  });

  it('says how much there is when that is less than the offset', async () => {
    await send(device, bytes.subarray(0, 10));
    const nonce = newNonce();
    const script = receiveScript({ nonce, content, destination: { kind: 'cache' }, offset: 1000 });
    expect(parseReceived((await device.run(script, Buffer.alloc(0))).output, nonce)).toMatchObject({
      value: { bytes: 0 },
    });
  });

  it('writes through no link', async () => {
    const victim = join(device.folder, 'victim');
    writeFileSync(victim, 'precious');
    mkdirSync(join(device.state, 'cache'), { recursive: true });
    symlinkSync(victim, part());
    expect(await send(device, bytes)).toMatchObject({ value: { bytes: bytes.length } });
    expect(readFileSync(victim, 'utf8')).toBe('precious');
  });

  it('refuses a state directory that is a link', async () => {
    mkdirSync(join(device.folder, 'elsewhere'));
    symlinkSync(join(device.folder, 'elsewhere'), device.state);
    expect(await send(device, bytes)).toMatchObject({
      failure: { code: 'transfer.failed', stage: 'transfer' },
    });
  });

  it('takes an upload of the login user, which the start then copies and checks', async () => {
    const nonce = newNonce();
    const attemptId = newAttemptId();
    const script = receiveScript({ nonce, content, destination: { kind: 'upload', attemptId }, offset: 0 });
    const received = parseReceived((await device.run(script, bytes)).output, nonce);
    const uploadFolder = join(device.home, '.cache/haifu', attemptId);
    expect(received).toEqual({ ok: true, value: { bytes: bytes.length, uploadFolder } });
    expect(statSync(uploadFolder).mode & 0o777).toBe(0o700);
    const request = startRequest(content, 'cksum < "$HAIFU_PACKAGE" > /dev/null; echo ran', {
      attemptId,
      uploadFolder,
    });
    const { output } = await device.run(startScript(request));
    expect(logOf(followEvents(output, request.nonce))).toBe('ran\n');
    writeFileSync(join(uploadFolder, 'content'), 'changed');
    const second = startRequest({ ...content, sha256: '0'.repeat(64) }, 'echo ran', { uploadFolder });
    expect(followEvents((await device.run(startScript(second))).output, second.nonce)).toMatchObject([
      { kind: 'failed', failure: { code: 'transfer.hashMismatch' } },
    ]);
  });
});

describe('parseReceived', () => {
  it('has no bytes without the line', () => {
    expect(parseReceived('bash: head: command not found', newNonce())).toMatchObject({
      failure: { code: 'transfer.failed', isRetryable: true },
    });
  });
});
