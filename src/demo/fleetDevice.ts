import { spawn } from 'node:child_process';
import { generateKeyPairSync, timingSafeEqual } from 'node:crypto';
import { existsSync, watch } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import ssh2, { type AuthContext, type Connection, type Server, type ServerChannel } from 'ssh2';
import {
  deviceEnvironment,
  endProcesses,
  makeDeviceFolder,
  newBootId,
  rebootRequest,
} from './deviceFolder.ts';
import { type DemoDevice, demoAccounts } from './fleetPlan.ts';

const rebootMs = 3000;

/** A device of the embedded fleet: a real SSH server on loopback whose logins see only its own folder. */
export interface FleetDevice {
  /** Listens; resolves with the port. */
  start(port: number): Promise<number>;
  /** B100: from now on the device shows another host key. */
  changeHostKey(): Promise<void>;
  stop(): Promise<void>;
}

export async function makeFleetDevice(device: DemoDevice, folder: string): Promise<FleetDevice> {
  await makeDeviceFolder(folder, device.role);
  const connections = new Set<Connection>();
  let hostKey = newHostKey();
  let server: Server | null = null;
  let port = 0;

  const listen = (): Promise<number> =>
    new Promise((resolve, reject) => {
      const listening = new ssh2.Server({ hostKeys: [hostKey] }, (connection) => {
        connections.add(connection);
        connection.on('close', () => connections.delete(connection));
        connection.on('error', () => connection.end());
        connection.on('authentication', (context) => authenticate(device, context));
        connection.on('ready', () => serveSessions(connection, folder));
      });
      listening.on('error', reject);
      listening.listen(port, device.address, () => resolve((listening.address() as { port: number }).port));
      server = listening;
    });

  const down = async (): Promise<void> => {
    const closed = new Promise((resolve) => (server === null ? resolve(null) : server.close(resolve)));
    for (const connection of connections) connection.end();
    await closed;
    server = null;
  };

  const requests = watch(join(folder, 'run'), () => {
    if (existsSync(rebootRequest(folder))) void reboot();
  });
  let isRebooting = false;
  const reboot = async (): Promise<void> => {
    if (isRebooting) return;
    isRebooting = true;
    await rm(rebootRequest(folder), { force: true });
    await rm(join(folder, 'etc', 'wants-restart'), { force: true });
    await endProcesses(folder);
    await down();
    await newBootId(folder);
    await new Promise((resolve) => setTimeout(resolve, rebootMs));
    if (!isStopped) await listen();
    isRebooting = false;
  };
  let isStopped = false;

  return {
    async start(wanted) {
      port = wanted;
      port = await listen();
      // Its address stays taken for the fleet's lifetime, but nobody listens.
      if (device.role === 'unreachable') await down();
      return port;
    },
    async changeHostKey() {
      await down();
      hostKey = newHostKey();
      await listen();
    },
    async stop() {
      isStopped = true;
      requests.close();
      await down();
      await endProcesses(folder);
    },
  };
}

const newHostKey = (): string =>
  generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'sec1', format: 'pem' },
  }).privateKey;

function authenticate(device: DemoDevice, context: AuthContext): void {
  const account = device.role === 'secondAccount' ? demoAccounts[1] : demoAccounts[0];
  const isRight =
    context.method === 'password' &&
    context.username === account.user &&
    isSame(context.password, account.password);
  if (isRight) context.accept();
  else context.reject(['password']);
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function serveSessions(connection: Connection, folder: string): void {
  connection.on('session', (acceptSession) => {
    acceptSession().on('exec', (accept, _reject, info) => run(accept(), info.command, folder));
  });
}

/** One command of a session, as sshd runs it: it outlives a cut line only if it detaches itself. */
function run(channel: ServerChannel, command: string, folder: string): void {
  const child = spawn('/bin/sh', ['-c', command], {
    cwd: join(folder, 'home'),
    env: deviceEnvironment(folder),
    detached: true,
    stdio: 'pipe',
  });
  channel.on('error', () => child.stdin.destroy());
  child.stdin.on('error', () => undefined);
  channel.pipe(child.stdin);
  child.stdout.pipe(channel, { end: false });
  child.stderr.pipe(channel.stderr, { end: false });
  child.on('error', () => channel.close());
  child.on('close', (code, signal) => {
    if (signal === null) channel.exit(code ?? 255);
    else channel.exit(signal.slice(3), false, '');
    channel.end();
  });
}
