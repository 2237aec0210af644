import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Terminal, type TerminalOrder } from './terminal.ts';

/** The program under test: this tree's build, or an installed one named by HAIFU_PROGRAM. */
export const program =
  process.env['HAIFU_PROGRAM'] ?? fileURLToPath(new URL('../../bin/haifu', import.meta.url));
const run = promisify(execFile);

/** A data folder of its own, its server, and terminals on it; `close` ends them all. */
export class Haifu {
  readonly folder: string;
  readonly #terminals: Terminal[] = [];

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async create(): Promise<Haifu> {
    return new Haifu(await mkdtemp(join(tmpdir(), 'haifu-journey-')));
  }

  get environment(): Record<string, string> {
    return {
      PATH: process.env['PATH']!,
      HOME: this.folder,
      HAIFU_DATA: join(this.folder, 'data'),
      LANG: 'C.UTF-8',
    };
  }

  /** A command of the headless twin; answers what it printed. */
  async command(...words: readonly string[]): Promise<string> {
    const { stdout } = await run(program, [...words], { env: this.environment });
    return stdout;
  }

  /** The console in a terminal of its own. */
  open(order: Partial<TerminalOrder> = {}): Terminal {
    // Each console begins as a new user's: what another one remembers is no part of a journey.
    const config = join(this.folder, `config${this.#terminals.length}`);
    const terminal = new Terminal({
      command: program,
      ...order,
      environment: { ...this.environment, XDG_CONFIG_HOME: config, ...order.environment },
    });
    this.#terminals.push(terminal);
    return terminal;
  }

  async close(): Promise<void> {
    await Promise.all(this.#terminals.map((terminal) => terminal.close()));
    await this.command('server', 'stop').catch(() => {});
    await rm(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}
