import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Lab, LabDevice } from './lab.ts';

const program = fileURLToPath(new URL('../../bin/haifu', import.meta.url));

/** One device of `haifu install --json` (commands.md). */
export interface DeviceResult {
  readonly name: string;
  readonly address: string;
  readonly state: string;
  readonly attempt: number;
  readonly attempts: number;
  readonly failure: { readonly code: string; readonly message: string } | null;
  readonly exitCode: number | null;
  readonly bytesSent: number;
}

export interface RunResult {
  readonly run: {
    readonly id: string;
    readonly task: string;
    readonly state: string;
    readonly devices: readonly DeviceResult[];
    readonly summary: Readonly<Record<string, number>>;
  };
}

export interface Answer {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** Standard output as the one JSON document that it must be. */
  json<T>(): T;
}

type Environment = Readonly<Record<string, string>>;

/** The built program as the console machine of a lab, with a data folder of its own. */
export interface HaifuOnLab {
  /** Path of the launcher. */
  readonly program: string;
  readonly dataFolder: string;
  /** `haifu ARGS… --json --data <folder>`; `input` goes to standard input. */
  run(args: readonly string[], input?: string, environment?: Environment): Promise<Answer>;
  /** As `run`; throws, with what the program said, unless it ends with status 0. */
  must(args: readonly string[], input?: string, environment?: Environment): Promise<Answer>;
  serverPid(): Promise<number>;
  /** SIGKILL; resolves when the process is gone. */
  killServer(): Promise<void>;
  close(): Promise<void>;
}

export async function haifuOnLab(lab: Lab): Promise<HaifuOnLab> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'haifu-test-'));

  async function run(
    args: readonly string[],
    input?: string,
    environment: Environment = {},
  ): Promise<Answer> {
    const command = [program, ...args, '--json', '--data', dataFolder];
    const result = await lab.exec(command, {
      timeoutMs: 280_000,
      env: { HOME: dataFolder, ...environment },
      ...(input === undefined ? {} : { input }),
    });
    return {
      ...result,
      json<T>() {
        try {
          return JSON.parse(result.stdout) as T;
        } catch {
          throw new Error(`no JSON from haifu ${args.join(' ')}: ${result.stdout}\n${result.stderr}`);
        }
      },
    };
  }

  async function must(args: readonly string[], input?: string, environment?: Environment): Promise<Answer> {
    const answer = await run(args, input, environment);
    if (answer.exitCode !== 0)
      throw new Error(
        `haifu ${args.join(' ')}: status ${answer.exitCode}\n${answer.stdout}\n${answer.stderr}`,
      );
    return answer;
  }

  async function serverPid(): Promise<number> {
    return (await must(['server', 'status'])).json<{ server: { pid: number } }>().server.pid;
  }

  return {
    program,
    dataFolder,
    run,
    must,
    serverPid,
    async killServer() {
      const pid = await serverPid();
      process.kill(pid, 'SIGKILL');
      await gone(pid);
    },
    async close() {
      const status = await run(['server', 'stop']);
      if (status.exitCode !== 0) throw new Error(`server stop: ${status.stderr}`);
      await rm(dataFolder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function gone(pid: number): Promise<void> {
  for (;;) {
    const state = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
    if (state === null || /\) Z /.test(state)) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** The lab's devices of the dpkg family, as many as asked for: those missing are started. */
export async function debDevices(lab: Lab, count: number): Promise<readonly LabDevice[]> {
  const present = (await lab.inventory()).devices.filter(({ kind }) => kind === 'deb');
  if (present.length >= count) return present.slice(0, count);
  return [...present, ...(await lab.start(count - present.length, 'deb'))];
}

/**
 * Accounts, host keys and devices of the lab, as an administrator registers them first.
 * Without `devices` all that the lab has: more than it came up with when other tests added some.
 */
export async function registerLab(haifu: HaifuOnLab, lab: Lab, only?: readonly LabDevice[]): Promise<void> {
  const { keyPath, passwords, devices: all } = await lab.inventory();
  const devices = only ?? all;
  await haifu.must(['account', 'add', 'root-key', '--user', 'root', '--key', keyPath]);
  await haifu.must(
    ['account', 'add', 'admin', '--user', 'admin', '--password-stdin', '--become', 'sudo'],
    `${passwords.admin}\n`,
  );
  for (const kind of ['deb', 'rpm'] as const) {
    const names = devices
      .filter((device) => device.kind === kind)
      .map(({ name, address }) => `${name},${address}`);
    const list = join(haifu.dataFolder, `${kind}.csv`);
    await writeFile(list, `name,address\n${names.join('\n')}\n`);
    await haifu.must(['device', 'import', list, '--format', 'csv', '--group', `Lab/${kind}`]);
  }
}
