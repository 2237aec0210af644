import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/** OpenSSH's own server, where the machine has one; the user that the tests run as logs in with a key. */
export const sshdProgram = ['/usr/sbin/sshd', '/usr/local/sbin/sshd'].find(existsSync) ?? null;

export interface RealSshd {
  readonly port: number;
  readonly user: string;
  readonly folder: string;
  /** The logins' state directory (HAIFU_STATE_DIR). */
  readonly state: string;
  /** `known_hosts` line's last two words: type and key. */
  hostKey(type: string): Promise<string>;
  /** Keys that are let in are pairs `NAME` and `NAME.pub` in the folder. */
  allow(publicKey: string): Promise<void>;
  stop(): Promise<void>;
}

export interface RealSshdOptions {
  readonly hostKeyTypes?: readonly string[];
  readonly config?: readonly string[];
}

export const newTemporaryFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'haifu-delivery-'));

export function sshKeygen(...args: string[]): string {
  return execFileSync('ssh-keygen', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Starts an sshd on loopback with generated keys; resolves when it answers. */
export async function startRealSshd(options: RealSshdOptions = {}): Promise<RealSshd> {
  if (sshdProgram === null) throw new Error('no sshd on this machine');
  const folder = await newTemporaryFolder();
  const types = options.hostKeyTypes ?? ['ed25519'];
  for (const type of types) sshKeygen('-q', '-t', type, '-N', '', '-f', join(folder, `host_${type}`));
  // Root's sshd wants its privilege separation folder.
  if (userInfo().uid === 0) await mkdir('/run/sshd', { recursive: true });
  const port = await freePort();
  await writeFile(
    join(folder, 'sshd_config'),
    [
      `Port ${port}`,
      'ListenAddress 127.0.0.1',
      ...types.map((type) => `HostKey ${join(folder, `host_${type}`)}`),
      `AuthorizedKeysFile ${join(folder, 'authorized_keys')}`,
      `PidFile ${join(folder, 'pid')}`,
      'StrictModes no',
      'UsePAM no',
      'PermitRootLogin yes',
      'LogLevel ERROR',
      'MaxStartups 200',
      'MaxSessions 50',
      `SetEnv HAIFU_STATE_DIR=${join(folder, 'state')}`,
      ...(options.config ?? []),
      '',
    ].join('\n'),
  );
  await writeFile(join(folder, 'authorized_keys'), '');
  const child = spawn(sshdProgram, ['-D', '-e', '-f', join(folder, 'sshd_config')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr?.on('data', (chunk) => {
    said += chunk;
  });
  await answers(port, child, () => said);
  return {
    port,
    folder,
    state: join(folder, 'state'),
    user: userInfo().username,
    hostKey: async (type) =>
      (await readFile(join(folder, `host_${type}.pub`), 'utf8')).split(' ').slice(0, 2).join(' '),
    allow: async (publicKey) =>
      writeFile(join(folder, 'authorized_keys'), `${publicKey.trim()}\n`, { flag: 'a' }),
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      if (child.exitCode === null && child.kill()) await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function answers(port: number, child: ChildProcess, said: () => string): Promise<void> {
  const { connect } = await import('node:net');
  for (;;) {
    if (child.exitCode !== null) throw new Error(`sshd ended: ${said()}`);
    const isThere = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('data', () => {
        socket.destroy();
        resolve(true);
      });
      socket.once('error', () => setTimeout(() => resolve(false), 20));
    });
    if (isThere) return;
  }
}
