import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccountWithSecrets, AttemptOrder } from '../../src/delivery/deliveryMethod.ts';
import { account, attemptOrder, deliverOverSsh, RecordingReporter, scriptPackage } from './attemptFixtures.ts';
import { type RealSshd, sshdProgram, sshKeygen, startRealSshd } from './realSshd.ts';

describe.skipIf(sshdProgram === null)('an attempt over a real sshd', () => {
  let sshd: RealSshd;
  let admin: AccountWithSecrets;
  const state = () => join(sshd.folder, 'state');

  beforeAll(async () => {
    sshd = await startRealSshd();
    sshKeygen('-q', '-t', 'ed25519', '-N', '', '-f', join(sshd.folder, 'key'));
    await sshd.allow(await readFile(join(sshd.folder, 'key.pub'), 'utf8'));
    admin = account('acc-admin', sshd.user, {
      privateKey: await readFile(join(sshd.folder, 'key'), 'utf8'),
    });
  });
  afterAll(() => sshd.stop());

  async function order(
    content: string | Buffer,
    packageMore: Parameters<typeof scriptPackage>[2] = {},
    more: Partial<AttemptOrder> = {},
  ): Promise<AttemptOrder> {
    const sample = await scriptPackage(sshd.folder, content, packageMore);
    return attemptOrder(
      {
        device: { name: 'd', address: '127.0.0.1', port: sshd.port, user: null, jumpHost: null },
        accounts: [admin],
        trust: { policy: 'acceptNew', pins: [], knownHostsFiles: [] },
        ...sample,
      },
      more,
    );
  }

  it('installs, says each step, detects and cleans up', async () => {
    const reporter = new RecordingReporter();
    const marker = join(sshd.folder, 'installed');
    await deliverOverSsh(
      await order(`#!/bin/sh\necho hello from the installer\ntouch ${marker}\n`, {
        detection: { kind: 'file', path: marker },
      }),
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
    expect(reporter.tried).toEqual([['acc-admin', true]]);
    expect(reporter.hostKeys.map((key) => key.verdict)).toEqual(['accepted']);
    void state;
    void readdir;
  });
});
