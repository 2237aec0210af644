import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { AttemptOrder, ReadinessOrder } from '../../../src/delivery/deliveryMethod.ts';
import type { Device } from '../../../src/domain/model.ts';
import type { AttemptListener, DeliveryWorkers } from '../../../src/server/workers/deliveryWorkers.ts';
import { openWorkerPool } from '../../../src/server/workers/workerPool.ts';

const log = { info: () => {}, error: () => {} };

function pool(more: { maxWorkers?: number; idleLimitMs?: number; pulseMs?: number } = {}): DeliveryWorkers {
  const workers = openWorkerPool({ log, maxWorkers: 1, ...more });
  onTestFinished(() => workers.close());
  return workers;
}

/** A device that accepts a connection and says nothing. */
async function silentDevice(): Promise<{ port: number; contacted: Promise<void> }> {
  let contact = () => {};
  const contacted = new Promise<void>((resolve) => {
    contact = resolve;
  });
  const server: Server = createServer((socket) => {
    socket.on('error', () => {});
    onTestFinished(() => void socket.destroy());
    contact();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { port: (server.address() as { port: number }).port, contacted };
}

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const children = (): number[] =>
  readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8').trim().split(' ').map(Number);

const device = (port: number): Pick<Device, 'name' | 'address' | 'port' | 'user' | 'jumpHost'> => ({
  name: 'web-1',
  address: '127.0.0.1',
  port,
  user: null,
  jumpHost: null,
});
const password = 'canary-password';
const accounts: ReadinessOrder['accounts'] = [
  {
    account: {
      id: 'acc-00000000000000000001',
      name: 'deploy',
      kind: 'password',
      user: 'deploy',
      become: 'none',
      hasPassword: true,
      hasPassphrase: false,
      hasBecomePassword: false,
      keyFingerprint: null,
      agentSocket: null,
      createdAt: '2026-01-31T12:00:00.000Z',
    },
    password,
    privateKey: null,
    passphrase: null,
    becomePassword: null,
  },
];
const trust = { policy: 'strict', pins: [], knownHostsFiles: [] } as const;
const check = (port: number): ReadinessOrder => ({
  device: device(port),
  accounts,
  trust,
  installationPackage: null,
});
const order = (port: number): AttemptOrder => ({
  runId: 'run-00000000000000000001',
  deviceId: 'dev-00000000000000000001',
  attemptId: 'a'.repeat(32),
  device: device(port),
  accounts,
  refusedAccountIds: [],
  trust,
  installationPackage: {
    id: 'pkg-00000000000000000001',
    name: 'tool',
    version: '1',
    format: 'script',
    platform: 'linux',
    architecture: 'all',
    dependencies: [],
    content: { sha256: 'a'.repeat(64), sizeBytes: 1, fileName: 'tool.run' },
    command: null,
    parameters: '',
    detection: { kind: 'none' },
    exitCodes: { '0': 'success' },
    installTimeoutMs: 60_000,
    createdAt: '2026-01-31T12:00:00.000Z',
  },
  contentPath: '/nonexistent',
  skipIfInstalled: false,
  verifyPlatform: false,
  restart: { kind: 'doNotRestart', message: '', repeatMinutes: 5, automaticMinutes: 30, forceClose: false },
  bandwidthBytesPerSecond: null,
  resume: null,
});

function deliver(
  workers: DeliveryWorkers,
  port: number,
  { isAlone = false, ...more }: Partial<AttemptOrder> & { isAlone?: boolean } = {},
) {
  const states: string[] = [];
  let delivery = { cancel: (_request: 'leave' | 'kill') => {} };
  const ended = new Promise<'delivered' | 'crashed'>((resolve) => {
    const listener: AttemptListener = {
      transition: async ({ state }) => void states.push(state),
      hostKeySeen: async () => {},
      progress: () => {},
      activity: () => {},
      log: () => {},
      rootPasswordSent: async () => {},
      accountTried: () => {},
      ended: resolve,
    };
    delivery = workers.deliver('ssh', { ...order(port), ...more }, listener, isAlone);
  });
  return { ended, states, delivery };
}

describe('the pool of real worker processes', () => {
  it('asks a device and answers what it found', async () => {
    const checked = await pool().check('ssh', check(await closedPort()));
    expect(checked).toMatchObject({
      ok: true,
      value: { report: { port: 'closed', failure: { code: 'device.refused' } }, hostKeys: [] },
    });
  });

  it('runs an attempt to its end, acknowledged step by step', async () => {
    const { ended, states } = deliver(pool(), await closedPort());
    expect(await ended).toBe('delivered');
    expect(states.at(-1)).toBe('unreachable');
  });

  it('gives a worker nothing that is not its own: no secret in arguments, four names in its environment', async () => {
    const before = new Set(children());
    const silent = await silentDevice();
    deliver(pool(), silent.port);
    await silent.contacted;
    const [pid] = children().filter((child) => !before.has(child));
    const environment = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').filter(Boolean);
    const names = environment.map((line) => line.split('=')[0]);
    const allowed = [
      'PATH',
      'HOME',
      'LANG',
      'SSH_AUTH_SOCK',
      'NODE_CHANNEL_FD',
      'NODE_CHANNEL_SERIALIZATION_MODE',
    ];
    expect(names.filter((name) => !allowed.includes(name!))).toEqual([]);
    expect(readFileSync(`/proc/${pid}/cmdline`, 'utf8') + environment.join()).not.toContain(password);
  });

  it('hears of a worker that is killed, and makes another', async () => {
    const workers = pool();
    const before = new Set(children());
    const silent = await silentDevice();
    const { ended } = deliver(workers, silent.port);
    await silent.contacted;
    const [pid] = children().filter((child) => !before.has(child));
    process.kill(pid!, 'SIGKILL');
    expect(await ended).toBe('crashed');
    expect((await workers.check('ssh', check(await closedPort()))).ok).toBe(true);
  });

  it('ends a worker that does not answer any more', { timeout: 60_000 }, async () => {
    const before = new Set(children());
    const silent = await silentDevice();
    const { ended } = deliver(pool({ pulseMs: 1000 }), silent.port);
    await silent.contacted;
    const [pid] = children().filter((child) => !before.has(child));
    process.kill(pid!, 'SIGSTOP');
    expect(await ended).toBe('crashed');
  });

  it('gives a worker of its own to what may kill it, a few at once', { timeout: 90_000 }, async () => {
    const workers = pool();
    const before = new Set(children());
    const fresh = () => children().filter((child) => !before.has(child));
    const [together, alone] = [await silentDevice(), await silentDevice()];
    const other = deliver(workers, together.port);
    await together.contacted;
    const shared = fresh();
    const suspects = Array.from({ length: 6 }, (_, index) =>
      deliver(workers, alone.port, { attemptId: `${index}`.repeat(32), isAlone: true }),
    );
    await alone.contacted;
    const [pid] = fresh().filter((child) => !shared.includes(child));
    expect(fresh()).toHaveLength(5);
    process.kill(pid!, 'SIGKILL');
    const killed = await Promise.race(suspects.map(async (one) => ({ one, how: await one.ended })));
    expect(killed.how).toBe('crashed');
    for (const one of [other, ...suspects]) one.delivery.cancel('leave');
    const ends = await Promise.all([other, ...suspects].map((one) => one.ended));
    expect(ends.filter((how) => how === 'crashed')).toHaveLength(1);
    await expect.poll(fresh, { timeout: 30_000 }).toEqual(shared);
  });

  it('sends what is behind one jump host through one worker', async () => {
    const workers = pool({ maxWorkers: 2 });
    const before = new Set(children());
    const silent = await silentDevice();
    const jumpHost = { address: '127.0.0.1', port: silent.port, user: null };
    for (let index = 10; index < 22; index++) {
      deliver(workers, 22, { attemptId: `${index}`.repeat(16), device: { ...device(22), jumpHost } });
    }
    await silent.contacted;
    expect(children().filter((child) => !before.has(child))).toHaveLength(1);
  });

  it('ends an attempt on request', async () => {
    const silent = await silentDevice();
    const { ended, states, delivery } = deliver(pool(), silent.port);
    await silent.contacted;
    delivery.cancel('leave');
    expect(await ended).toBe('delivered');
    expect(states.at(-1)).toBe('cancelled');
  });

  it('ends a worker that has had nothing to do', async () => {
    const workers = pool({ idleLimitMs: 1 });
    const before = new Set(children());
    await workers.check('ssh', check(await closedPort()));
    const [pid] = children().filter((child) => !before.has(child));
    await expect.poll(() => children().includes(pid!), { timeout: 10_000 }).toBe(false);
  });

  it('is warm before the first work, with one worker', async () => {
    const workers = pool();
    const before = new Set(children());
    workers.warm();
    workers.warm();
    const warmed = children().filter((child) => !before.has(child));
    expect(warmed).toHaveLength(1);
    await workers.check('ssh', check(await closedPort()));
    expect(children().filter((child) => !before.has(child))).toEqual(warmed);
  });

  it('refuses work when it is closed', async () => {
    const workers = pool();
    await workers.close();
    expect(await workers.check('ssh', check(1))).toMatchObject({ failure: { code: 'server.stopping' } });
    expect(await deliver(workers, 1).ended).toBe('crashed');
  });
});
