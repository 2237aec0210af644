import {
  type ChildProcess,
  type ChildProcessWithoutNullStreams,
  type SpawnOptions,
  spawn,
} from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { execa, type Options } from 'execa';

/** The device lab for tests: real isolated devices of `deviceLab.sh`, driven from TypeScript. */

const script = fileURLToPath(new URL('deviceLab.sh', import.meta.url));

export type DeviceKind = 'deb' | 'rpm';

export interface LabDevice {
  readonly name: string;
  readonly address: string;
  readonly kind: DeviceKind;
  /** `ssh-ed25519 AAAA…`, as it was when the device was made. */
  readonly hostKey: string;
}

export type LabAccount = 'root' | 'admin' | 'doasuser' | 'plain';

export interface LabInventory {
  readonly port: number;
  /** A private key that every account of every device accepts; the public one is beside it (`.pub`). */
  readonly keyPath: string;
  /** Passwords; the account `keyonly` has none. */
  readonly passwords: Readonly<Record<LabAccount, string>>;
  readonly devices: readonly LabDevice[];
}

/** What can be wrong; the arguments are described in `shell/faults.sh`. */
export type LabFault =
  | 'linkDown'
  | 'blackhole'
  | 'reject'
  | 'loss'
  | 'rate'
  | 'delay'
  | 'diskFull'
  | 'readOnly'
  | 'hang'
  | 'noSshd'
  | 'hostKey'
  | 'noisy'
  | 'clock'
  | 'password'
  | 'noSudo'
  | 'requireTty'
  | 'packageLock'
  | 'packageBroken';

export interface CommandResult {
  readonly stdout: string;
  readonly stderr: string;
  /** Undefined when a signal ended it. */
  readonly exitCode: number | undefined;
}

export interface RunOptions {
  readonly input?: string;
  readonly timeoutMs?: number;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Lab {
  /** The folder of its state. Another process opens the same lab by it. */
  readonly folder: string;
  /** Starts further devices and answers them; they are ready when this resolves. */
  start(count: number, kind?: DeviceKind): Promise<LabDevice[]>;
  inventory(): Promise<LabInventory>;
  /** Runs a command as the console machine. Any exit code is a result. */
  exec(command: readonly string[], options?: RunOptions): Promise<CommandResult>;
  /** Runs a command inside a device as root, not over SSH; a failed one throws. Answers its standard output. */
  in(device: string, command: readonly string[] | string, options?: RunOptions): Promise<string>;
  /** Starts a program inside a device as root, with pipes. */
  spawnIn(device: string, command: readonly string[]): Promise<ChildProcessWithoutNullStreams>;
  /** Starts a program in the hub's network: what is under test must live there to reach devices. Its pid is its own. */
  spawnInHub(command: string, args: readonly string[], options?: SpawnOptions): Promise<ChildProcess>;
  /** The words that put a command line into the hub's network, for spawners of one's own (a pty). */
  hubPrefix(): Promise<readonly [string, ...string[]]>;
  fault(device: string, kind: LabFault, ...args: readonly (string | number)[]): Promise<void>;
  /** Takes every fault of the device away, except a changed host key. */
  heal(device: string): Promise<void>;
  reboot(device: string, offSeconds?: number): Promise<void>;
  powerOff(device: string): Promise<void>;
  /** Resolves when the device answers again. */
  powerOn(device: string): Promise<void>;
  /** Asks a device until a shell condition holds on it; throws when it does not within the time. */
  until(device: string, condition: string, timeoutMs?: number): Promise<void>;
  down(): Promise<void>;
}

/** Why no lab can run on this machine, in one line, or null when it can. */
export async function whyNoLab(): Promise<string | null> {
  const { stdout, exitCode } = await execa(script, ['check'], { reject: false, stdin: 'ignore' });
  return exitCode === 0 ? null : stdout.trim() || 'it cannot be checked';
}

/** Builds a kind's base system unless it is cached; what it says goes to standard error. False when it failed. */
export async function buildBase(kind: DeviceKind): Promise<boolean> {
  const options = { reject: false, stdin: 'ignore', stdout: 'ignore', stderr: 'inherit' } as const;
  return (await execa(script, ['build', kind], options)).exitCode === 0;
}

/**
 * Opens the lab of a folder; it comes up with its first device.
 * @param ownerPid a process that the lab shall not outlive
 */
export function openLab(folder: string, ownerPid?: number): Lab {
  const env = {
    HAIFU_LAB: folder,
    ...(ownerPid === undefined ? {} : { HAIFU_LAB_OWNER: String(ownerPid) }),
  };

  /** The lab's own commands: a failed one is a defect of the test or the lab, so it throws. */
  async function run(args: readonly string[], options: RunOptions = {}): Promise<string> {
    const { stdout } = await execa(script, args, { env, ...commandOptions(options) });
    return String(stdout);
  }

  async function inventory(): Promise<LabInventory> {
    return JSON.parse(await run(['inventory'])) as LabInventory;
  }

  async function hubPrefix(): Promise<readonly [string, ...string[]]> {
    const pid = await run(['hubpid']);
    if (pid === '') throw new Error('the lab is not up');
    return ['nsenter', '-t', pid, '-n', '-m', '--'];
  }

  async function exec(command: readonly string[], options: RunOptions = {}): Promise<CommandResult> {
    const [file, ...args] = [...(await inFolder(options.cwd)), ...command];
    const result = await execa(file as string, args, {
      reject: false,
      ...commandOptions(options),
    });
    return {
      stdout: String(result.stdout),
      stderr: String(result.stderr),
      exitCode: result.exitCode,
    };
  }

  /** Entering a mount namespace moves to its root folder: the way back is said. */
  async function inFolder(cwd: string = process.cwd()): Promise<string[]> {
    const prefix = await hubPrefix();
    return [...prefix.slice(0, -1), `--wd=${cwd}`, '--'];
  }

  function inDevice(
    device: string,
    command: readonly string[] | string,
    options?: RunOptions,
  ): Promise<string> {
    const words = typeof command === 'string' ? ['sh', '-c', command] : command;
    return run(['in', device, ...words], options);
  }

  return {
    folder,
    inventory,
    exec,
    hubPrefix,
    in: inDevice,
    async start(count, kind = 'deb') {
      const first = (await inventory()).devices.length + 1;
      await run(['up', String(count), String(first), kind], { timeoutMs: 900_000 });
      return (await inventory()).devices.slice(first - 1);
    },
    async spawnInHub(command, args, options = {}) {
      const [file, ...prefix] = await inFolder(options.cwd?.toString());
      return spawn(file as string, [...prefix, command, ...args], options);
    },
    async spawnIn(device, command) {
      return spawn(script, ['in', device, ...command], { env: { ...process.env, ...env } });
    },
    async fault(device, kind, ...args) {
      await run(['fault', device, kind, ...args.map(String)]);
    },
    async heal(device) {
      await run(['heal', device]);
    },
    async reboot(device, offSeconds) {
      await run(['reboot', device, ...(offSeconds === undefined ? [] : [String(offSeconds)])]);
    },
    async powerOff(device) {
      await run(['poweroff', device]);
    },
    async powerOn(device) {
      await run(['poweron', device]);
    },
    async until(device, condition, timeoutMs = 15_000) {
      const loop = `until { ${condition}\n}; do sleep 0.05; done`;
      const seconds = String(timeoutMs / 1000);
      await inDevice(device, ['timeout', seconds, 'sh', '-c', loop], { timeoutMs: timeoutMs + 5000 });
    },
    async down() {
      await run(['down']);
    },
  };
}

function commandOptions({ input, timeoutMs = 120_000, cwd, env }: RunOptions): Options {
  return {
    timeout: timeoutMs,
    ...(input === undefined ? { stdin: 'ignore' as const } : { input }),
    ...(cwd === undefined ? {} : { cwd }),
    ...(env === undefined ? {} : { env }),
  };
}
