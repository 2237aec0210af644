import { spawn } from '@lydell/node-pty';
import { Unicode11Addon } from '@xterm/addon-unicode11';
import xterm from '@xterm/headless';

export interface TimedOrder {
  readonly command: string;
  readonly arguments?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly width: number;
  readonly height: number;
}

const limitMs = 60_000;

/** A program in a real pty. Times are those of a chunk's arrival, not of the moment when it was drawn. */
export class TimedTerminal {
  readonly width: number;
  readonly height: number;
  readonly startedAt = performance.now();
  readonly ended: Promise<number>;
  bytes = 0;
  readonly #pty: ReturnType<typeof spawn>;
  readonly #screen: InstanceType<typeof xterm.Terminal>;
  readonly #watchers = new Set<(arrivedAt: number) => void>();
  #isEnded = false;

  constructor(order: TimedOrder) {
    const { width: cols, height: rows } = order;
    this.width = cols;
    this.height = rows;
    this.#screen = new xterm.Terminal({ cols, rows, allowProposedApi: true, scrollback: 0 });
    this.#screen.loadAddon(new Unicode11Addon());
    this.#screen.unicode.activeVersion = '11';
    this.#pty = spawn(order.command, [...(order.arguments ?? [])], {
      name: 'xterm-256color',
      cols,
      rows,
      env: { PATH: process.env['PATH']!, LANG: 'C.UTF-8', ...order.environment },
      encoding: null,
    });
    // xterm.js loses a character whose UTF-8 is split over two writes: decode as a stream before.
    const decoder = new TextDecoder();
    this.#pty.onData((data) => {
      const arrivedAt = performance.now();
      const chunk = data as unknown as Uint8Array;
      this.bytes += chunk.length;
      this.#screen.write(decoder.decode(chunk, { stream: true }), () => {
        for (const watcher of [...this.#watchers]) watcher(arrivedAt);
      });
    });
    this.#screen.onData((answer) => this.#pty.write(answer));
    this.ended = new Promise((resolve) => {
      this.#pty.onExit(() => {
        this.#isEnded = true;
        resolve(performance.now());
      });
    });
  }

  get pid(): number {
    return this.#pty.pid;
  }

  /** Answers when it was written. */
  press(key: string): number {
    const at = performance.now();
    this.#pty.write(key);
    return at;
  }

  row(y: number): string {
    const buffer = this.#screen.buffer.active;
    return buffer.getLine(buffer.viewportY + y)?.translateToString(true) ?? '';
  }

  text(): string {
    return Array.from({ length: this.height }, (_, y) => this.row(y)).join('\n');
  }

  /** When the chunk came after which the screen fulfils `test`. It is asked after every chunk: keep it cheap. */
  shows(test: () => boolean, what: string): Promise<number> {
    return new Promise((resolve, reject) => {
      const settle = () => {
        clearTimeout(limit);
        this.#watchers.delete(watcher);
      };
      const watcher = (arrivedAt: number) => {
        if (!test()) return;
        settle();
        resolve(arrivedAt);
      };
      const limit = setTimeout(() => {
        settle();
        reject(new Error(`bench: the screen never showed ${what}:\n${this.text()}`));
      }, limitMs);
      this.#watchers.add(watcher);
    });
  }

  async close(): Promise<void> {
    if (!this.#isEnded) this.#pty.kill('SIGTERM');
    await this.ended;
    this.#screen.dispose();
  }
}
