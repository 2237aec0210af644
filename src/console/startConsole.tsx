import { render } from 'ink';
import type { Language } from '../i18n/registry.ts';
import { App } from './App.tsx';
import { createConsole } from './createConsole.ts';
import type { Capabilities } from './terminal/capabilities.ts';
import { watchExit } from './terminal/exitPath.ts';
import { enterScreen, leaveScreen } from './terminal/screenModes.ts';
import { themeOf } from './terminal/theme.ts';
import { StoreContext } from './useConsole.ts';
import { translate } from './viewmodels/translate.ts';

export interface StartOptions {
  readonly dataFolder: string;
  readonly language: Language;
  readonly capabilities: Capabilities;
}

/** Draws the console on this process's terminal, which is in full screen already, and gives it back at the end. */
export async function startConsole(options: StartOptions): Promise<number> {
  const { capabilities } = options;
  const exit = watchExit();
  const terminal = { suspendTerminal: null as null | (() => Promise<{ resume(): Promise<void> }>) };

  /** Everything is drawn anew: Ink repaints when it gets the terminal back. */
  const withoutInk = async (between: () => void) => {
    const suspension = await terminal.suspendTerminal?.();
    between();
    process.stdout.write(enterScreen(capabilities));
    await suspension?.resume();
  };
  const built = createConsole({
    ...options,
    size: { width: process.stdout.columns ?? 80, height: process.stdout.rows ?? 24 },
    exit: () => exit.end({ status: 0, error: null }),
    redraw: () => void withoutInk(() => {}),
    suspend: () =>
      void withoutInk(() => {
        process.stdout.write(leaveScreen(capabilities));
        // The whole job stops, the launcher too; this line is passed when the shell continues it (fg).
        process.kill(0, 'SIGTSTP');
      }),
  });
  const onResize = () => built.resize(process.stdout.columns ?? 80, process.stdout.rows ?? 24);
  process.stdout.on('resize', onResize);

  process.stdout.write('\u{1B}[H');
  const instance = render(
    <StoreContext value={built.store}>
      <App
        context={built.context}
        theme={themeOf(capabilities)}
        onReady={(suspendTerminal) => {
          terminal.suspendTerminal = suspendTerminal;
        }}
      />
    </StoreContext>,
    { exitOnCtrlC: false, patchConsole: false, maxFps: 250, incrementalRendering: true, interactive: true },
  );
  instance.waitUntilExit().then(
    () => exit.end({ status: 0, error: null }),
    (error: unknown) => exit.end({ status: 70, error }),
  );

  const reason = await exit.ended;
  const state = built.store.getState();
  built.close();
  process.stdout.off('resize', onResize);
  instance.unmount();
  process.stdout.write(leaveScreen(capabilities));
  exit.stop();
  const t = translate(state.ui.language);
  const running = [...state.model.collections.runs.values()].filter(({ state: run }) => run === 'running');
  if (reason.error !== null) {
    const text = reason.error instanceof Error ? (reason.error.stack ?? reason.error.message) : reason.error;
    process.stderr.write(`${t('console.terminal.crash')}\n${String(text)}\n`);
  } else if (reason.status === 0 && running.length > 0)
    process.stderr.write(`${t('console.run.goesOn', { count: running.length })}\n`);
  return reason.status;
}
