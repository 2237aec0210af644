import { render } from 'ink';
import type { Language } from '../i18n/registry.ts';
import { App } from './App.tsx';
import { createConsole } from './createConsole.ts';
import { preferencesOf } from './state/preferences.ts';
import { words } from './state/words.ts';
import { alertSequence } from './terminal/alert.ts';
import { withoutAnswers } from './terminal/answerFilter.ts';
import type { Capabilities } from './terminal/capabilities.ts';
import { createDrawGate } from './terminal/drawGate.ts';
import { watchExit } from './terminal/exitPath.ts';
import { createMouseInput, mouseOff, mouseOn } from './terminal/mouse.ts';
import { type FoundPreferences, preferencesPath, writePreferences } from './terminal/preferencesFile.ts';
import { runDemo } from './terminal/runDemo.ts';
import { enterScreen, leaveScreen } from './terminal/screenModes.ts';
import { themeOf } from './terminal/theme.ts';
import { taken } from './terminal/unblock.ts';
import { StoreContext } from './useConsole.ts';
import { translate } from './viewmodels/translate.ts';

export interface StartOptions {
  readonly dataFolder: string;
  readonly language: Language;
  readonly capabilities: Capabilities;
  readonly remembered: FoundPreferences;
  readonly isReadOnly?: boolean;
  readonly hasMouse?: boolean;
}

/** A terminal that answers later than this is far away; the shell then shows its answer. */
const lastAnswerMs = 500;
/** A terminal that takes nothing any more does not keep the console from ending. */
const lastWordMs = 1000;

/** Draws the console on this process's terminal, which is in full screen already, and gives it back at the end. */
export async function startConsole(options: StartOptions): Promise<number> {
  const { capabilities } = options;
  const exit = watchExit();
  const gate = createDrawGate(process.stdout);
  const mouse = createMouseInput();
  const terminal = { suspendTerminal: null as null | (() => Promise<{ resume(): Promise<void> }>) };

  /** Ink reads the keys; while it does (`readable`), this sees the same bytes. */
  const onInput = (chunk: unknown) => {
    gate.received(String(chunk));
    mouse.received(String(chunk));
  };

  /** Everything is drawn anew: Ink repaints when it gets the terminal back. */
  const withoutInk = async (between: () => void | Promise<void>) => {
    await gate.settled(lastAnswerMs);
    process.stdin.off('data', onInput);
    const suspension = await terminal.suspendTerminal?.();
    await between();
    process.stdout.write(enterScreen(capabilities) + mouseModes());
    await suspension?.resume();
    process.stdin.on('data', onInput);
  };
  const { preferences, isBroken } = options.remembered;
  const mouseModes = () => (built.store.getState().ui.hasMouse ? mouseOn : mouseOff);
  const built = createConsole({
    ...options,
    preferences,
    notice: isBroken ? { content: words('console.notice.preferencesBroken'), role: 'status.warning' } : null,
    size: { width: process.stdout.columns ?? 80, height: process.stdout.rows ?? 24 },
    changed: (isUrgent) => gate.changed(isUrgent),
    exit: () => exit.end({ status: 0, error: null }),
    runEnded: (text) => process.stdout.write(alertSequence(process.env['HAIFU_BELL'], text)),
    redraw: () => void withoutInk(() => {}),
    tryDemo: () =>
      void withoutInk(async () => {
        process.stdout.write(leaveScreen(capabilities));
        await taken(process.stdout, lastWordMs);
        await runDemo(options.language);
      }),
    suspend: () =>
      void withoutInk(async () => {
        process.stdout.write(leaveScreen(capabilities));
        await taken(process.stdout, lastWordMs);
        // The whole job stops, the launcher too; this line is passed when the shell continues it (fg).
        process.kill(0, 'SIGTSTP');
      }),
  });
  const onResize = () => built.resize(process.stdout.columns ?? 80, process.stdout.rows ?? 24);
  process.stdout.on('resize', onResize);

  const begun = built.store.getState().ui;
  let mode = mouseModes();
  const stopModes = built.store.subscribe(() => {
    if (mode === mouseModes()) return;
    mode = mouseModes();
    process.stdout.write(mode);
  });
  process.stdout.write(`\u{1B}[H${mode}`);
  const withAnswers = withoutAnswers(process.stdin);
  const instance = render(
    <StoreContext value={{ ...built.store, subscribe: gate.subscribe }}>
      <App
        context={built.context}
        theme={themeOf(capabilities)}
        mouse={mouse}
        onReady={(suspendTerminal) => {
          terminal.suspendTerminal = suspendTerminal;
          process.stdin.on('data', onInput);
        }}
      />
    </StoreContext>,
    {
      exitOnCtrlC: false,
      patchConsole: false,
      maxFps: 250,
      incrementalRendering: true,
      interactive: true,
      onRender: gate.frameDrawn,
    },
  );
  instance.waitUntilExit().then(
    () => exit.end({ status: 0, error: null }),
    (error: unknown) => exit.end({ status: 70, error }),
  );

  const reason = await exit.ended;
  const state = built.store.getState();
  stopModes();
  built.close();
  writePreferences(
    preferencesPath(process.env),
    preferencesOf(state, options.dataFolder, preferences, begun),
  );
  await gate.settled(lastAnswerMs);
  gate.stop();
  process.stdin.off('data', onInput);
  process.stdout.off('resize', onResize);
  instance.unmount();
  withAnswers();
  process.stdout.write(leaveScreen(capabilities));
  const isRead = await taken(process.stdout, lastWordMs);
  exit.stop();
  // What waits would never arrive, and any last word, as of Ink's handlers at the exit, would wait for ever behind it.
  // The launcher gives the terminal back once it reads again.
  if (!isRead) process.kill(process.pid, 'SIGKILL');
  const t = translate(state.ui.language);
  const running = [...state.model.collections.runs.values()].filter(({ state: run }) => run === 'running');
  if (reason.error !== null) {
    const text = reason.error instanceof Error ? (reason.error.stack ?? reason.error.message) : reason.error;
    process.stderr.write(`${t('console.terminal.crash')}\n${String(text)}\n`);
  } else if (reason.status === 0 && running.length > 0)
    process.stderr.write(`${t('console.run.goesOn', { count: running.length })}\n`);
  return reason.status;
}
