import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AccountWithSecrets, AttemptOrder } from '../../src/delivery/deliveryMethod.ts';
import {
  account,
  attemptOrder,
  deliverOverSsh,
  RecordingReporter,
  scriptPackage,
} from './attemptFixtures.ts';
import { type LineProxy, startLineProxy } from './lineProxy.ts';
import { type RealSshd, sshdProgram, sshKeygen, startRealSshd } from './realSshd.ts';

const megabyte = 1024 * 1024;

describe.skipIf(sshdProgram === null)('an attempt over a real sshd', () => {
  let sshd: RealSshd;
  let line: LineProxy;
  let admin: AccountWithSecrets;
  let reporter: RecordingReporter;

  beforeAll(async () => {
    sshd = await startRealSshd();
    sshKeygen('-q', '-t', 'ed25519', '-N', '', '-f', join(sshd.folder, 'key'));
    await sshd.allow(await readFile(join(sshd.folder, 'key.pub'), 'utf8'));
    const privateKey = await readFile(join(sshd.folder, 'key'), 'utf8');
    admin = account('acc-admin', sshd.user, { privateKey });
  });
  afterAll(() => sshd.stop());
  beforeEach(async () => {
    line = await startLineProxy(sshd.port);
    reporter = new RecordingReporter();
  });
  afterEach(async () => {
    await line.stop();
    await rm(sshd.state, { recursive: true, force: true });
    await rm(file('runs'), { force: true });
    await rm(file('installed'), { force: true });
  });

  const file = (name: string): string => join(sshd.folder, name);
  const runs = async (): Promise<number> =>
    existsSync(file('runs')) ? (await readFile(file('runs'), 'utf8')).split('\n').length - 1 : 0;
  const jobs = async (): Promise<string[]> => readdir(join(sshd.state, 'jobs')).catch(() => []);
  const cache = async (): Promise<string[]> => readdir(join(sshd.state, 'cache')).catch(() => []);

  /** A script package that notes each run; `body` follows. */
  async function order(
    body: string,
    packageMore: Parameters<typeof scriptPackage>[2] = {},
    more: Partial<AttemptOrder> = {},
    filling: Buffer = Buffer.alloc(0),
  ): Promise<AttemptOrder> {
    const content = Buffer.concat([
      Buffer.from(`#!/bin/sh\necho run >> ${file('runs')}\n${body}\nexit 0\n`),
      filling,
    ]);
    const sample = await scriptPackage(sshd.folder, content, packageMore);
    return attemptOrder(
      {
        device: { name: 'd', address: '127.0.0.1', port: line.port, user: null, jumpHost: null },
        accounts: [admin],
        trust: { policy: 'acceptNew', pins: [], knownHostsFiles: [] },
        ...sample,
      },
      more,
    );
  }
  const detectFile = () => ({ detection: { kind: 'file', path: file('installed') } }) as const;

  it('installs, says each step, detects and cleans up', async () => {
    await deliverOverSsh(
      await order(`echo hello from the installer; touch ${file('installed')}`, detectFile()),
      reporter,
    );
    expect(reporter.states).toEqual([
      'connecting',
      'checking',
      'transferring',
      'installing',
      'verifying',
      'succeeded',
    ]);
    expect(reporter.logged).toContain('hello from the installer');
    expect(reporter.transitions.find((one) => one.state === 'verifying')?.exitCode).toBe(0);
    expect(reporter.transitions.find((one) => one.state === 'transferring')?.facts?.bootId).toMatch(/-/);
    expect(reporter.tried).toEqual([['acc-admin', true]]);
    expect(reporter.hostKeys.map((key) => key.verdict)).toEqual(['accepted']);
    expect(await jobs()).toEqual([]);
    expect(await cache()).toEqual([]);
    expect(line.connections).toBe(1);
  });

  it('needs at most 12 round trips on an idle line', async () => {
    line.delay(150);
    let turns = 0;
    reporter.onTransition = ({ state }) => {
      if (state === 'succeeded') turns = line.turns;
    };
    await deliverOverSsh(await order('true'), reporter);
    // The TCP handshake is one more.
    expect(turns).toBeGreaterThan(5);
    expect(turns + 1).toBeLessThanOrEqual(12);
  });

  it('fails on an exit code that means nothing good, and keeps the content for the next attempt', async () => {
    const broken = await order('echo starting; echo "E: cannot write the database"; echo bye; exit 7');
    await deliverOverSsh(broken, reporter);
    expect(reporter.last).toMatchObject({
      state: 'failed',
      failure: {
        code: 'installer.exitCode',
        params: { exitCode: 7, tail: 'E: cannot write the database' },
      },
    });
    expect(await jobs()).toEqual([]);
    const sentBefore = line.bytesUp;
    expect(await cache()).toHaveLength(1);
    const second = new RecordingReporter();
    await deliverOverSsh({ ...broken, attemptId: randomBytes(16).toString('hex') }, second);
    expect(second.states).not.toContain('transferring');
    expect(second.code).toBe('installer.exitCode');
    expect(line.bytesUp - sentBefore).toBeLessThan(200_000);
    expect(await runs()).toBe(2);
  });

  it.each([
    [3010, 'restartPending', null],
    [1618, 'failed', 'installer.busy'],
    [1638, 'failed', 'installer.anotherVersion'],
  ])('reads exit code %i by the package’s map', async (code, state, failureCode) => {
    const exitCodes = { '194': 'successRestart', '82': 'retryLater', '102': 'anotherVersion' } as const;
    const onDevice = { 3010: 194, 1618: 82, 1638: 102 }[code];
    await deliverOverSsh(
      await order(`exit ${onDevice}`, { exitCodes, detection: { kind: 'none' } }),
      reporter,
    );
    expect(reporter.last.state).toBe(state);
    expect(reporter.code).toBe(failureCode);
  });

  it('does not believe an exit code of success when the package is not there', async () => {
    await deliverOverSsh(await order('true', detectFile()), reporter);
    expect(reporter.code).toBe('package.absentAfterInstall');
  });

  it('skips what is installed already and touches nothing', async () => {
    await writeFile(file('installed'), '');
    await deliverOverSsh(await order('true', detectFile()), reporter);
    expect(reporter.states).toEqual(['connecting', 'checking', 'skipped']);
    expect(reporter.code).toBe('check.alreadyInstalled');
    expect(existsSync(sshd.state)).toBe(false);
    expect(await runs()).toBe(0);
  });

  it('skips a package for another architecture', async () => {
    await deliverOverSsh(await order('true', { architecture: 's390x' }), reporter);
    expect(reporter.last).toMatchObject({
      state: 'skipped',
      failure: { code: 'check.architectureMismatch' },
    });
  });

  it('ends an installer that runs too long, and looks whether it did its work', async () => {
    await deliverOverSsh(await order('sleep 100', { installTimeoutMs: 1000 }), reporter);
    expect(reporter.code).toBe('installer.timeout');
    const second = new RecordingReporter();
    await deliverOverSsh(
      await order(`touch ${file('installed')}; sleep 100`, { installTimeoutMs: 1000, ...detectFile() }),
      second,
    );
    expect(second.last).toMatchObject({
      state: 'succeededWithWarning',
      failure: { code: 'package.presentAfterTimeout' },
    });
  });

  it('goes on after each cut of the line from the bytes that are there', async () => {
    const filling = randomBytes(24 * megabyte);
    const large = await order(`touch ${file('installed')}`, detectFile(), {}, filling);
    line.cutEveryBytesUp(7 * megabyte, 3);
    await deliverOverSsh(large, reporter);
    expect(reporter.last).toMatchObject({ state: 'succeeded', failure: null });
    expect(line.connections).toBe(4);
    expect(reporter.activities).toContain('reconnecting');
    expect(await runs()).toBe(1);
    // What was under way at each cut is sent again, no more.
    expect(line.bytesUp).toBeLessThan(filling.length + 3 * 5 * megabyte);
  });

  it('reads the result of an installer that outlived the line', async () => {
    reporter.onLog = (text) => {
      if (!text.includes('half way')) return;
      line.cut();
      void writeFile(file('go'), '');
    };
    const body = `echo half way; while [ ! -e ${file('go')} ]; do sleep 0.1; done; echo done; touch ${file('installed')}`;
    await deliverOverSsh(await order(body, detectFile()), reporter);
    expect(reporter.last).toMatchObject({ state: 'succeeded' });
    expect(reporter.logged.match(/half way/g)).toHaveLength(1);
    expect(reporter.logged).toContain('done');
    expect(reporter.activities).toContain('reconnecting');
    expect(line.connections).toBe(2);
    expect(await runs()).toBe(1);
    await rm(file('go'));
  });

  /** More for a long look: HAIFU_TEST_CUTS. */
  const rounds = Number(process.env['HAIFU_TEST_CUTS'] ?? 6);
  it(
    'survives a cut anywhere, and never runs an installer twice',
    async () => {
      for (let round = 0; round < rounds; round++) {
        // Spread over the handshake, the questions, the transfer, the installation and the cleaning.
        const at = Math.round(2000 + (round / rounds) * 600_000 * Math.random());
        const filling = randomBytes(500_000);
        const each = new RecordingReporter();
        const body = `echo began; sleep 0.3; echo half way; touch ${file('installed')}; sleep 0.2; echo done`;
        const fresh = await order(body, detectFile(), {}, filling);
        line.cutAfterBytes(at);
        await deliverOverSsh(fresh, each);
        line.cutAfterBytes(Number.POSITIVE_INFINITY);
        const said = `cut after ${at} bytes: ${JSON.stringify(each.last)}`;
        expect(each.last.state, said).toBe('succeeded');
        expect(each.logged.match(/began|half way|done/g), said).toEqual(['began', 'half way', 'done']);
        expect(await runs(), said).toBe(1);
        expect(await jobs(), said).toEqual([]);
        expect(await cache(), said).toEqual([]);
        await rm(file('runs'), { force: true });
        await rm(file('installed'), { force: true });
      }
    },
    rounds * 20_000,
  );

  it('takes an attempt up again whose worker died, and starts no second installer', async () => {
    const slow = await order(
      `echo began; while [ ! -e ${file('go')} ]; do sleep 0.1; done; touch ${file('installed')}`,
      detectFile(),
    );
    const died = new RecordingReporter();
    // Nothing that the first one says after the start is ever acknowledged: it is as good as dead.
    const hasBegun = new Promise<void>((resolve) => {
      died.onLog = () => resolve();
    });
    died.onTransition = ({ state }) => (state === 'verifying' ? new Promise(() => {}) : undefined);
    void deliverOverSsh(slow, died);
    await hasBegun;
    reporter.onTransition = () => {};
    reporter.onLog = () => void writeFile(file('go'), '');
    const resume = {
      state: 'installing',
      exitCode: null,
      bootIdBeforeRestart: null,
      installFailure: null,
      wasPresent: false,
    } as const;
    await deliverOverSsh({ ...slow, resume }, reporter);
    expect(reporter.states).toEqual(['verifying', 'succeeded']);
    expect(await runs()).toBe(1);
    await rm(file('go'));
  });

  it('does not ask for an installer again whose end is in the journal', async () => {
    await writeFile(file('installed'), '');
    const resume = {
      state: 'verifying',
      exitCode: 0,
      bootIdBeforeRestart: null,
      installFailure: null,
      wasPresent: false,
    } as const;
    await deliverOverSsh(await order('true', detectFile(), { resume }), reporter);
    expect(reporter.states).toEqual(['succeeded']);
    expect(await runs()).toBe(0);
  });

  it('starts nothing for a cancelled attempt that never began', async () => {
    const resume = {
      state: 'cancelling',
      exitCode: null,
      bootIdBeforeRestart: null,
      installFailure: null,
      wasPresent: false,
    } as const;
    await deliverOverSsh(await order('true', detectFile(), { resume }), reporter);
    expect(reporter.last.state).toBe('cancelled');
    expect(await runs()).toBe(0);
  });

  it('does not even connect when every account was refused in this run', async () => {
    await deliverOverSsh(await order('true', {}, { refusedAccountIds: ['acc-admin'] }), reporter);
    expect(reporter.last).toMatchObject({ state: 'failed', failure: { code: 'account.lockoutGuard' } });
    expect(line.connections).toBe(0);
  });

  it('two devices behind one jump host share its connection', async () => {
    const behind = await order('sleep 1', { detection: { kind: 'none' } });
    const jumpHost = { address: '127.0.0.1', port: line.port, user: null };
    const device = { ...behind.device, port: sshd.port, jumpHost };
    const other = new RecordingReporter();
    await Promise.all([
      deliverOverSsh({ ...behind, device }, reporter),
      deliverOverSsh({ ...behind, device, attemptId: randomBytes(16).toString('hex') }, other),
    ]);
    expect([reporter.last.state, other.last.state]).toEqual(['succeeded', 'succeeded']);
    expect(line.connections).toBe(1);
  });

  it('a jump host that is not there is named as such', async () => {
    const behind = await order('true');
    line.cut(true);
    const jumpHost = { address: '127.0.0.1', port: line.port, user: null };
    await deliverOverSsh({ ...behind, device: { ...behind.device, port: sshd.port, jumpHost } }, reporter);
    expect(reporter.last).toMatchObject({
      state: 'unreachable',
      failure: { code: 'device.jumpHostFailed', params: { cause: 'device.connectionLost' } },
    });
  });

  it('cancelled while bytes are on their way: nothing runs and nothing stays', async () => {
    const filling = randomBytes(8 * megabyte);
    const large = await order('true', {}, { bandwidthBytesPerSecond: 2 * megabyte }, filling);
    reporter.onProgress = (sent) => sent > megabyte && reporter.cancelling.abort();
    await deliverOverSsh(large, reporter);
    expect(reporter.last).toMatchObject({ state: 'cancelled', failure: { code: 'run.cancelled' } });
    expect(reporter.sent.at(-1)).toBeLessThan(4 * megabyte);
    expect(await runs()).toBe(0);
    expect(await cache()).toEqual([]);
  });

  it('keeps to the bandwidth limit', async () => {
    const limited = await order(
      'true',
      {},
      { bandwidthBytesPerSecond: 2 * megabyte },
      randomBytes(4 * megabyte),
    );
    const times: number[] = [];
    reporter.onProgress = () => times.push(performance.now());
    await deliverOverSsh(limited, reporter);
    expect(reporter.last.state).toBe('succeeded');
    expect(times.at(-1)! - times[0]!).toBeGreaterThan(1500);
  });

  it('cancelled with a running installer: it is left to finish and its result is told', async () => {
    const body = `echo began; while [ ! -e ${file('go')} ]; do sleep 0.1; done; touch ${file('installed')}`;
    reporter.onLog = () => reporter.cancelling.abort();
    reporter.onTransition = async ({ state }) => {
      if (state === 'cancelling') await writeFile(file('go'), '');
    };
    await deliverOverSsh(await order(body, detectFile()), reporter);
    expect(reporter.states.slice(-3)).toEqual(['cancelling', 'verifying', 'succeeded']);
    await rm(file('go'));
  });

  it('cancelled with `kill`: the installer is ended', async () => {
    reporter.onLog = () => {
      reporter.cancelling.abort();
      reporter.killing.abort();
    };
    await deliverOverSsh(await order('echo began; sleep 100 & wait'), reporter);
    expect(reporter.states.slice(-2)).toEqual(['cancelling', 'cancelled']);
    expect(reporter.code).toBe('installer.cancelled');
    expect(await jobs()).toEqual([]);
  });

  it('says that a device with a full disk is full before anything is sent', async () => {
    const huge = await order('true');
    const { installationPackage } = huge;
    const content = { ...installationPackage.content, sizeBytes: 10 ** 15 };
    await deliverOverSsh({ ...huge, installationPackage: { ...installationPackage, content } }, reporter);
    expect(reporter.states).toEqual(['connecting', 'checking', 'failed']);
    expect(reporter.code).toBe('check.diskFull');
  });

  it('names the program that is missing', async () => {
    const plan = { script: 'true', environment: {}, tools: [['sh'], ['no-such-a', 'no-such-b']] };
    await deliverOverSsh(await order('true'), reporter, { plan });
    expect(reporter.last.failure).toMatchObject({
      code: 'check.toolMissing',
      params: { tool: 'no-such-a / no-such-b' },
    });
  });

  it('notices content that is not what the package says, and sends it once more', async () => {
    const wrong = await order('true', {}, {}, randomBytes(100_000));
    await chmod(wrong.contentPath, 0o600);
    const bytes = await readFile(wrong.contentPath);
    bytes[90_000]! ^= 1;
    await writeFile(wrong.contentPath, bytes);
    await deliverOverSsh(wrong, reporter);
    expect(reporter.code).toBe('transfer.hashMismatch');
    expect(await runs()).toBe(0);
  });
});
