import { fork } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AttemptOrder } from '../../../src/delivery/deliveryMethod.ts';
import type { FromWorker, ToWorker } from '../../../src/server/workers/messages.ts';
import { readWorkerMessage } from '../../../src/server/workers/workerMessages.ts';
import { account, attemptOrder, scriptPackage } from '../../delivery/attemptFixtures.ts';
import { type RealSshd, sshdProgram, sshKeygen, startRealSshd } from '../../delivery/realSshd.ts';

const program = fileURLToPath(new URL('../../../src/server/workers/workerEntry.ts', import.meta.url));

/** The worker's program, as the server starts it; what it says is judged by the server's own reader. */
function startWorker() {
  const child = fork(program, [], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: [],
  });
  const said: FromWorker[] = [];
  const listeners = new Set<() => void>();
  child.on('message', (raw) => {
    const message = readWorkerMessage(raw);
    if (message === null) throw new Error(`no message: ${JSON.stringify(raw)}`);
    said.push(message);
    for (const listener of listeners) listener();
  });
  const complaints = text(child.stderr!);
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return {
    child,
    said,
    complaints,
    ended,
    send: (message: ToWorker) => child.send(message),
    heard: <T extends FromWorker['type']>(type: T, test: (message: FromWorker) => boolean = () => true) =>
      new Promise<Extract<FromWorker, { type: T }>>((resolve) => {
        const look = (): void => {
          const found = said.find((message) => message.type === type && test(message));
          if (found === undefined) return;
          listeners.delete(look);
          resolve(found as Extract<FromWorker, { type: T }>);
        };
        listeners.add(look);
        look();
      }),
  };
}

describe.skipIf(sshdProgram === null)('the delivery worker', () => {
  let sshd: RealSshd;
  let privateKey: string;
  beforeAll(async () => {
    sshd = await startRealSshd();
    sshKeygen('-q', '-t', 'ed25519', '-N', '', '-f', join(sshd.folder, 'key'));
    await sshd.allow(await readFile(join(sshd.folder, 'key.pub'), 'utf8'));
    privateKey = await readFile(join(sshd.folder, 'key'), 'utf8');
  });
  afterAll(() => sshd.stop());

  async function order(content: string): Promise<AttemptOrder> {
    const sample = await scriptPackage(sshd.folder, content, { detection: { kind: 'none' } });
    return attemptOrder({
      device: { name: 'd', address: '127.0.0.1', port: sshd.port, user: null, jumpHost: null },
      accounts: [account('acc-a', sshd.user, { privateKey })],
      trust: { policy: 'acceptNew', pins: [], knownHostsFiles: [] },
      ...sample,
    });
  }

  it('waits for the acknowledgement of each step, and says at last that it is through', async () => {
    const worker = startWorker();
    await worker.heard('ready');
    const one = await order('#!/bin/sh\necho hello\n');
    worker.send({ type: 'deliver', method: 'ssh', order: one });
    const states: string[] = [];
    for (;;) {
      const number = states.length;
      const next = await Promise.race([
        worker.heard('delivered'),
        worker.heard('transition', (m) => m.type === 'transition' && m.number > number),
        worker.heard('hostKey', (m) => m.type === 'hostKey' && m.number > number),
      ]);
      if (next.type === 'delivered') break;
      states.push(next.type === 'transition' ? next.transition.state : 'hostKey');
      worker.send({ type: 'acknowledge', number: next.number });
    }
    expect(states).toEqual([
      'connecting',
      'hostKey',
      'checking',
      'transferring',
      'installing',
      'verifying',
      'succeeded',
    ]);
    const log = worker.said.flatMap((message) => (message.type === 'log' ? [message.text] : [])).join('');
    expect(log).toContain('hello');
    const order_ = worker.said.map((message) => message.type);
    expect(order_.indexOf('log')).toBeLessThan(order_.lastIndexOf('transition'));
    worker.send({ type: 'end' });
    expect(await worker.ended).toBe(0);
    expect(await worker.complaints).toBe('');
  });

  it('does not start an installer whose step was not acknowledged', async () => {
    const worker = startWorker();
    const one = await order(`#!/bin/sh\ntouch ${join(sshd.folder, 'must-not-be')}\n`);
    worker.send({ type: 'deliver', method: 'ssh', order: one });
    worker.child.on('message', (message: FromWorker) => {
      if (!('number' in message)) return;
      if (message.type === 'transition' && message.transition.state === 'installing') return;
      worker.send({ type: 'acknowledge', number: message.number });
    });
    await worker.heard('transition', (m) => m.type === 'transition' && m.transition.state === 'installing');
    // The server is gone: so is the worker, at once.
    worker.child.disconnect();
    expect(await worker.ended).toBe(0);
    await expect(readFile(join(sshd.folder, 'must-not-be'))).rejects.toThrow();
  });

  it('checks readiness', async () => {
    const worker = startWorker();
    const { device, accounts, trust } = await order('x');
    worker.send({
      type: 'check',
      requestId: 7,
      method: 'ssh',
      order: { device, accounts, trust, installationPackage: null },
    });
    const checked = await worker.heard('checked');
    expect(checked).toMatchObject({
      requestId: 7,
      report: { port: 'open', accountId: 'acc-a', failure: null },
    });
    worker.send({ type: 'end' });
    expect(await worker.ended).toBe(0);
  });

  it('ends over a defect, and tells nothing of what it was given', async () => {
    const worker = startWorker();
    const one = await order('x');
    const broken = { ...one, installationPackage: { ...one.installationPackage, detection: 'canary-9163' } };
    worker.send({ type: 'deliver', method: 'ssh', order: broken as never });
    worker.child.on('message', (message: FromWorker) => {
      if ('number' in message && worker.child.connected)
        worker.send({ type: 'acknowledge', number: message.number });
    });
    expect(await worker.ended).toBe(1);
    const complaints = await worker.complaints;
    expect(complaints).toMatch(/^worker defect: \w*Error\n\s+at /);
    expect(complaints).not.toMatch(/canary|PRIVATE KEY/);
  });
});
