import { spawn } from '@lydell/node-pty';
import { Unicode11Addon } from '@xterm/addon-unicode11';
import xterm from '@xterm/headless';
import { SlowLine, type SlowLineOrder } from './slowLine.ts';

/** One cell of the screen, as the terminal has it. */
export interface Cell {
  readonly text: string;
  readonly width: number;
  readonly isInverse: boolean;
  readonly isBold: boolean;
  /** Of the 256 colours' palette; -1: the terminal's own. */
  readonly colour: number;
  readonly background: number;
}

export interface TerminalOrder {
  readonly command: string;
  readonly arguments?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly folder?: string;
  readonly width?: number;
  readonly height?: number;
  /** TERM; node-pty's own name would win over the environment's. */
  readonly term?: string;
  /** Between the program and this screen; absent: none to speak of. */
  readonly line?: SlowLineOrder;
}

const keys = {
  up: '\u{1B}[A',
  down: '\u{1B}[B',
  right: '\u{1B}[C',
  left: '\u{1B}[D',
  enter: '\r',
  escape: '\u{1B}',
  tab: '\t',
  'shift+tab': '\u{1B}[Z',
  space: ' ',
  backspace: '\u{7F}',
  delete: '\u{1B}[3~',
  pageup: '\u{1B}[5~',
  pagedown: '\u{1B}[6~',
  home: '\u{1B}[H',
  end: '\u{1B}[F',
  'shift+down': '\u{1B}[1;2B',
  'ctrl+c': '\u{3}',
  'ctrl+l': '\u{C}',
  'ctrl+n': '\u{E}',
  'ctrl+s': '\u{13}',
  'ctrl+u': '\u{15}',
  'ctrl+z': '\u{1A}',
} as const;
export type KeyName = keyof typeof keys;

const waitLimitMs = 30_000;

/** A program in a real pty, and what stands on its screen: what an administrator would see. */
export class Terminal {
  readonly #pty: ReturnType<typeof spawn>;
  readonly #screen: InstanceType<typeof xterm.Terminal>;
  readonly #watchers = new Set<() => void>();
  readonly #line: SlowLine | null;
  /** Everything that was written, for looking at modes that leave no trace on the screen. */
  raw = '';
  /** Resolves with the exit status (or 128 + signal) once the program has ended. */
  readonly ended: Promise<number>;
  #isEnded = false;

  constructor(order: TerminalOrder) {
    const cols = order.width ?? 80;
    const rows = order.height ?? 24;
    this.#screen = new xterm.Terminal({ cols, rows, allowProposedApi: true, scrollback: 200 });
    this.#screen.loadAddon(new Unicode11Addon());
    this.#screen.unicode.activeVersion = '11';
    this.#pty = spawn(order.command, [...(order.arguments ?? [])], {
      name: order.term ?? 'xterm-256color',
      cols,
      rows,
      cwd: order.folder ?? process.cwd(),
      env: { PATH: process.env['PATH']!, LANG: 'C.UTF-8', ...order.environment },
      encoding: null,
    });
    // xterm.js loses a character whose UTF-8 is split over two writes: decode as a stream before.
    const decoder = new TextDecoder();
    this.#line = order.line === undefined ? null : new SlowLine(order.line);
    const show = (data: Uint8Array) => {
      const text = decoder.decode(data, { stream: true });
      this.raw += text;
      this.#screen.write(text, () => this.#tell());
    };
    this.#pty.onData((given) => {
      const data = given as unknown as Uint8Array;
      if (this.#line === null) show(data);
      else this.#line.down(data, show);
    });
    // What the terminal answers to questions (cursor position) goes back to the program.
    this.#screen.onData((answer) => this.#write(answer));
    this.ended = new Promise((resolve) => {
      this.#pty.onExit(({ exitCode, signal }) => {
        this.#isEnded = true;
        resolve(signal ? 128 + signal : exitCode);
        this.#tell();
      });
    });
  }

  get pid(): number {
    return this.#pty.pid;
  }

  /** False in the middle of a frame (synchronised update, DEC mode 2026): half of it is old. */
  get #isWhole(): boolean {
    return this.raw.lastIndexOf('\u{1B}[?2026h') <= this.raw.lastIndexOf('\u{1B}[?2026l');
  }

  #tell(): void {
    if (!this.#isWhole && !this.#isEnded) return;
    for (const watcher of [...this.#watchers]) watcher();
  }

  /** Keys by name, or text that is typed: each in a write of its own, as a person types. */
  async press(...pressed: readonly (KeyName | (string & {}))[]): Promise<void> {
    for (const one of pressed) {
      this.#write(Object.hasOwn(keys, one) ? keys[one as KeyName] : one);
      // A terminal tells Esc from the beginning of a key's sequence by time (Ink: 20 ms). No person is as fast.
      await new Promise((resolve) => setTimeout(resolve, one === 'escape' ? 60 : 0));
    }
  }

  /** Everything in one write: several keys in one chunk. */
  send(text: string): void {
    this.#write(text);
  }

  paste(text: string): void {
    this.#write(`\u{1B}[200~${text}\u{1B}[201~`);
  }

  #write(text: string): void {
    const write = () => {
      if (!this.#isEnded) this.#pty.write(text);
    };
    if (this.#line === null) write();
    else this.#line.up(write);
  }

  /** Reads nothing more, as a paused tmux or a stalled line: the kernel holds some kilobytes, then no more. */
  pause(): void {
    this.#pty.pause();
  }

  resume(): void {
    this.#pty.resume();
  }

  resize(width: number, height: number): void {
    this.#screen.resize(width, height);
    this.#pty.resize(width, height);
  }

  kill(signal: NodeJS.Signals): void {
    this.#pty.kill(signal);
  }

  /** The rows of the screen without the blanks at their ends. */
  rows(): string[] {
    const buffer = this.#screen.buffer.active;
    return Array.from(
      { length: this.#screen.rows },
      (_, y) => buffer.getLine(buffer.viewportY + y)?.translateToString(true) ?? '',
    );
  }

  text(): string {
    return this.rows().join('\n');
  }

  cell(x: number, y: number): Cell {
    const buffer = this.#screen.buffer.active;
    const cell = buffer.getLine(buffer.viewportY + y)!.getCell(x)!;
    return {
      text: cell.getChars(),
      width: cell.getWidth(),
      isInverse: cell.isInverse() !== 0,
      isBold: cell.isBold() !== 0,
      colour: cell.isFgDefault() ? -1 : cell.getFgColor(),
      background: cell.isBgDefault() ? -1 : cell.getBgColor(),
    };
  }

  get cursor(): { readonly x: number; readonly y: number } {
    const { cursorX, cursorY } = this.#screen.buffer.active;
    return { x: cursorX, y: cursorY };
  }

  get width(): number {
    return this.#screen.cols;
  }

  /** The emulator itself, for drawing its cells. */
  get screen(): InstanceType<typeof xterm.Terminal> {
    return this.#screen;
  }

  /** False while a frame is half drawn: between the program's begin and end of synchronised output (?2026). */
  get isFrameWhole(): boolean {
    return !this.#screen.modes.synchronizedOutputMode;
  }

  get isAlternate(): boolean {
    return this.#screen.buffer.active.type === 'alternate';
  }

  /** Resolves as soon as the screen fulfils `test`; fails with the screen in its message. */
  async waitFor(
    what: string | RegExp | ((screen: Terminal) => boolean),
    limitMs = waitLimitMs,
  ): Promise<void> {
    const test =
      typeof what === 'function'
        ? () => what(this)
        : typeof what === 'string'
          ? () => this.text().includes(what)
          : () => what.test(this.text());
    if (this.#isWhole && test()) return;
    await new Promise<void>((resolve, reject) => {
      const stop = () => {
        clearTimeout(limit);
        this.#watchers.delete(watcher);
      };
      const watcher = () => {
        if (!test()) return;
        stop();
        resolve();
      };
      const limit = setTimeout(() => {
        stop();
        const wanted = typeof what === 'function' ? what.toString() : String(what);
        reject(new Error(`the screen never showed ${wanted}:\n${this.text()}`));
      }, limitMs);
      this.#watchers.add(watcher);
    });
  }

  /** Ends the program if it still runs. */
  async close(): Promise<void> {
    if (!this.#isEnded) this.#pty.kill('SIGKILL');
    this.#line?.stop();
    await this.ended;
    this.#screen.dispose();
  }
}
