import { EventEmitter } from 'node:events';
import { Unicode11Addon } from '@xterm/addon-unicode11';
import xterm from '@xterm/headless';
import { render } from 'ink';
import { App } from '../../src/console/App.tsx';
import { type BuiltConsole, createConsole } from '../../src/console/createConsole.ts';
import { routeKey } from '../../src/console/keys/route.ts';
import type { Action } from '../../src/console/state/actions.ts';
import type { ConsoleState } from '../../src/console/state/consoleState.ts';
import type { Capabilities } from '../../src/console/terminal/capabilities.ts';
import { themeOf } from '../../src/console/terminal/theme.ts';
import { StoreContext } from '../../src/console/useConsole.ts';
import type { Outcome } from '../../src/domain/failure.ts';
import type { Language } from '../../src/i18n/registry.ts';
import type { Snapshot } from '../../src/protocol/answers.ts';
import type { CommandAnswer, CommandName, CommandParams } from '../../src/protocol/commands.ts';
import type { ServerEvent } from '../../src/protocol/events.ts';
import { ok } from '../../src/shared/result.ts';
import { time } from './consoleFixture.ts';

export type Answers = {
  readonly [N in CommandName]?: (params: CommandParams<N>) => Outcome<CommandAnswer<N>> | Promise<never>;
};

export interface DrawnConsoleOrder {
  readonly snapshot: Snapshot;
  readonly width?: number;
  readonly height?: number;
  readonly language?: Language;
  readonly capabilities?: Partial<Capabilities>;
  readonly answers?: Answers;
}

const unicode256: Capabilities = {
  isFullScreenPossible: true,
  colours: '256',
  isUnicode: true,
  hasAlternateScreen: true,
};

/**
 * The console's real store, keys, reducers and screens, drawn by Ink into a terminal emulator inside this process.
 * Only the server is played: by a snapshot and `answers`.
 */
export class DrawnConsole {
  readonly screen: InstanceType<typeof xterm.Terminal>;
  readonly #built: BuiltConsole;
  readonly #instance: ReturnType<typeof render>;
  readonly #stdout;
  #sendEvent: (event: ServerEvent) => void = () => {};
  /** Everything that was drawn, as it was sent. */
  written = '';

  private constructor(order: DrawnConsoleOrder) {
    const { width = 80, height = 24, language = 'en', answers = {}, snapshot } = order;
    const capabilities = { ...unicode256, ...order.capabilities };
    // As a terminal's driver does: a line feed also returns.
    this.screen = new xterm.Terminal({ cols: width, rows: height, allowProposedApi: true, convertEol: true });
    this.screen.loadAddon(new Unicode11Addon());
    this.screen.unicode.activeVersion = '11';
    this.#stdout = Object.assign(new EventEmitter(), {
      isTTY: true,
      columns: width,
      rows: height,
      write: (text: string, onTaken?: () => void) => {
        this.written += text;
        this.screen.write(text);
        if (onTaken) queueMicrotask(onTaken);
        return true;
      },
    });
    const stdin = Object.assign(new EventEmitter(), {
      isTTY: true,
      setRawMode: () => {},
      setEncoding: () => {},
      ref: () => {},
      unref: () => {},
      resume: () => {},
      pause: () => {},
      read: () => null,
    });
    this.#built = createConsole({
      dataFolder: '/nowhere',
      language,
      capabilities,
      size: { width, height },
      exit: () => {},
      redraw: () => {},
      tryDemo: () => {},
      suspend: () => {},
      changed: () => {},
      now: () => time,
      openSession: (_options, listener) => {
        queueMicrotask(() =>
          listener.snapshotTaken(snapshot, { protocol: 1, version: '0', serverName: snapshot.serverName }),
        );
        this.#sendEvent = listener.eventArrived;
        return {
          call: async (name, params) => (answers[name]?.(params as never) ?? ok({})) as never,
          retryNow: () => {},
          close: () => {},
        };
      },
    });
    // Under DECAWM as in the program.
    this.screen.write('\u{1B}[?1049h\u{1B}[?25l\u{1B}[?7l\u{1B}[2J\u{1B}[H');
    this.#instance = render(
      <StoreContext value={this.#built.store}>
        <App context={this.#built.context} theme={themeOf(capabilities)} onReady={() => {}} />
      </StoreContext>,
      {
        stdout: this.#stdout as unknown as NodeJS.WriteStream,
        stdin: stdin as unknown as NodeJS.ReadStream,
        exitOnCtrlC: false,
        patchConsole: false,
        maxFps: 250,
        incrementalRendering: true,
        interactive: true,
      },
    );
  }

  static async open(order: DrawnConsoleOrder): Promise<DrawnConsole> {
    const drawn = new DrawnConsole(order);
    await drawn.settled();
    return drawn;
  }

  get state(): ConsoleState {
    return this.#built.store.getState();
  }

  /** Keys by chord (`tab`, `ctrl+n`, `x`); the screen stands when it resolves. */
  async press(...chords: readonly string[]): Promise<void> {
    for (const chord of chords) {
      const text = chord === 'space' ? ' ' : [...chord].length === 1 ? chord : null;
      routeKey(this.#built.context, { chord, text });
      await this.settled();
    }
  }

  /** A paste, which is also the quick way to type. */
  async paste(text: string): Promise<void> {
    routeKey(this.#built.context, { chord: 'paste', text });
    await this.settled();
  }

  async openRun(runId: string): Promise<void> {
    this.#built.context.openRun(runId);
    await this.settled();
  }

  async dispatch(action: Action): Promise<void> {
    this.#built.store.dispatch(action);
    await this.settled();
  }

  /** What the server says unasked; stands on the screen within a frame (100 ms). */
  event(event: ServerEvent): void {
    this.#sendEvent(event);
  }

  async resize(width: number, height: number): Promise<void> {
    Object.assign(this.#stdout, { columns: width, rows: height });
    this.screen.resize(width, height);
    this.#stdout.emit('resize');
    this.#built.resize(width, height);
    await this.settled();
  }

  /** Resolves when answers, state and screen have come to rest. */
  async settled(): Promise<void> {
    for (let still = 0, before = -1; still < 2; ) {
      for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
      await this.#instance.waitUntilRenderFlush();
      await new Promise<void>((resolve) => this.screen.write('', resolve));
      still = this.written.length === before ? still + 1 : 0;
      before = this.written.length;
    }
  }

  /** The rows of the screen without the blanks at their ends. */
  rows(): string[] {
    const buffer = this.screen.buffer.active;
    return Array.from(
      { length: this.screen.rows },
      (_, y) =>
        buffer
          .getLine(buffer.viewportY + y)
          ?.translateToString(true)
          .trimEnd() ?? '',
    );
  }

  text(): string {
    return this.rows().join('\n');
  }

  close(): void {
    this.#built.close();
    this.#instance.unmount();
    this.screen.dispose();
  }
}
