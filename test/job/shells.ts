import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bootstrapCommand } from '../../src/job/bootstrap.ts';
import { createFollowParser, type FollowEvent } from '../../src/job/followParser.ts';

/** A shell of the machine, with the tools that come with it. */
export interface Shell {
  readonly name: string;
  readonly path: string;
  /** Put in front of PATH. */
  readonly toolsFolder: string | null;
}

const which = (name: string): string | null =>
  ['/usr/bin', '/bin'].map((folder) => `${folder}/${name}`).find((path) => existsSync(path)) ?? null;

/** dash and bash, and busybox with its own applets in front of the PATH; those that are installed. */
export function installedShells(): Shell[] {
  const shells: Shell[] = [];
  for (const name of ['dash', 'bash']) {
    const path = which(name);
    if (path !== null) shells.push({ name, path, toolsFolder: null });
  }
  const busybox = which('busybox');
  if (busybox !== null) {
    const toolsFolder = mkdtempSync(join(tmpdir(), 'haifu-busybox-'));
    process.on('exit', () => rmSync(toolsFolder, { recursive: true, force: true }));
    chmodSync(toolsFolder, 0o755);
    execFileSync(busybox, ['--install', '-s', toolsFolder]);
    for (const foreign of ['dpkg', 'rpm', 'dpkg-deb']) rmSync(join(toolsFolder, foreign), { force: true });
    shells.push({ name: 'busybox', path: join(toolsFolder, 'sh'), toolsFolder });
  }
  return shells;
}

export interface Finished {
  readonly output: string;
  readonly code: number | null;
}

/** A device of its own: a state directory, a boot id, folders for fake programs. */
export class FakeDevice {
  readonly folder = mkdtempSync(join(tmpdir(), 'haifu-job-'));
  readonly state = join(this.folder, 'state');
  readonly home = join(this.folder, 'home');
  readonly programs = join(this.folder, 'programs');
  readonly shell: Shell;
  readonly environment: Record<string, string>;
  /** The login, where it is not the tests' own user. */
  uid: number | null = null;

  constructor(shell: Shell) {
    this.shell = shell;
    mkdirSync(this.programs);
    mkdirSync(this.home);
    writeFileSync(join(this.folder, 'boot_id'), 'boot-one\n');
    this.environment = {
      HAIFU_STATE_DIR: this.state,
      HAIFU_BOOT_ID_FILE: join(this.folder, 'boot_id'),
      HAIFU_RUN_DIR: this.folder,
      HOME: this.home,
      PATH: [this.programs, shell.toolsFolder, process.env['PATH']].filter(Boolean).join(':'),
    };
  }

  /** A program that stands in front of the system's on this device's PATH. */
  fakeProgram(name: string, text: string): void {
    writeFileSync(join(this.programs, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  }

  restart(bootId = 'boot-two'): void {
    writeFileSync(join(this.folder, 'boot_id'), `${bootId}\n`);
  }

  spawn(script: string, options: { hasInput?: boolean } = {}): ChildProcess {
    const text = script.replaceAll('/bin/sh', this.shell.path);
    const command = bootstrapCommand(text, options).replace('exec /bin/sh', `exec ${this.shell.path}`);
    const child = spawn(this.shell.path, ['-c', command], {
      env: this.environment,
      stdio: ['pipe', 'pipe', 'pipe'],
      ...(this.uid === null ? {} : { uid: this.uid, gid: this.uid }),
    });
    child.stdin?.on('error', () => {});
    child.stdin?.write(text);
    return child;
  }

  run(script: string, input: Buffer | null = null): Promise<Finished> {
    const child = this.spawn(script, { hasInput: input !== null });
    child.stdin?.end(input ?? undefined);
    const chunks: Buffer[] = [];
    const errors: Buffer[] = [];
    child.stdout?.on('data', (chunk) => chunks.push(chunk));
    child.stderr?.on('data', (chunk) => errors.push(chunk));
    return new Promise((resolve) => {
      child.on('close', (code) => {
        if (errors.length > 0) process.stderr.write(`[${this.shell.name}] ${Buffer.concat(errors)}`);
        resolve({ output: Buffer.concat(chunks).toString(), code });
      });
    });
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export function followEvents(output: string | Buffer, nonce: string): FollowEvent[] {
  const parser = createFollowParser(nonce);
  return [...parser.push(Buffer.from(output)), ...parser.finish()];
}

export const logOf = (events: readonly FollowEvent[]): string =>
  events.map((event) => (event.kind === 'log' ? event.text : '')).join('');

export const sha256 = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex');

export const newAttemptId = (): string => randomBytes(16).toString('hex');
