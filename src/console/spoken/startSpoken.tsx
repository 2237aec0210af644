import { EventEmitter } from 'node:events';
import { render } from 'ink';
import type { Language } from '../../i18n/registry.ts';
import { createConsole } from '../createConsole.ts';
import type { Preferences } from '../state/preferences.ts';
import type { Capabilities } from '../terminal/capabilities.ts';
import { watchExit } from '../terminal/exitPath.ts';
import { StoreContext } from '../useConsole.ts';
import { translate } from '../viewmodels/translate.ts';
import { announce } from './announce.ts';
import { SpokenApp, spokenSize } from './SpokenApp.tsx';
import { type SpokenRow, spokenRows } from './spokenRows.ts';

export interface SpokenOptions {
  readonly dataFolder: string;
  readonly language: Language;
  readonly capabilities: Capabilities;
  readonly preferences: Preferences;
  readonly isReadOnly?: boolean;
}

/** What happens by itself is said at most this often. */
const backgroundMs = 3000;
/** Ink draws within one of its frames (maxFps 250). */
const drawnMs = 10;
const pasteOn = '\u{1B}[?2004h';
const pasteOff = '\u{1B}[?2004l';

/**
 * The console for a screen reader: the same keys and the same screens, but nothing is painted over. What has the focus
 * is written line by line, and then only what changes.
 */
export async function startSpoken(options: SpokenOptions): Promise<number> {
  const exit = watchExit();
  let frame = '';
  let heard: readonly SpokenRow[] = [];
  let timer: NodeJS.Timeout | null = null;
  let isUrgentDue = false;

  const say = (text: string) => process.stdout.write(text);
  const speak = () => {
    timer = null;
    const rows = spokenRows(frame, translate(built.store.getState().ui.language));
    const { lines, typed } = announce(heard, rows, !isUrgentDue);
    isUrgentDue = false;
    heard = rows;
    if (typed !== '') say(typed);
    for (const line of lines) say(`\n${line}`);
  };
  const speakIn = (ms: number) => {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(speak, ms);
  };
  const built = createConsole({
    ...options,
    size: spokenSize,
    changed(isUrgent) {
      isUrgentDue ||= isUrgent;
      if (isUrgent) speakIn(drawnMs);
      else timer ??= setTimeout(speak, heard.length === 0 ? drawnMs : backgroundMs);
    },
    exit: () => exit.end({ status: 0, error: null }),
    redraw: () => {
      heard = [];
      speakIn(0);
    },
    runEnded: (text) => say(`\n${text}`),
    // The demo is a screen of its own: this is how it is begun.
    tryDemo: () => say('\nINK_SCREEN_READER=true haifu demo'),
    suspend: () => process.kill(0, 'SIGTSTP'),
  });
  const t = translate(options.language);
  const paper = Object.assign(new EventEmitter(), {
    columns: spokenSize.width,
    rows: spokenSize.height,
    write(text: string, onTaken?: () => void) {
      if (text.includes('\n')) frame = text;
      onTaken?.();
      return true;
    },
  });
  say(`${pasteOn}${t('spoken.start')}`);
  const instance = render(
    <StoreContext value={built.store}>
      <SpokenApp context={built.context} />
    </StoreContext>,
    {
      stdout: paper as unknown as NodeJS.WriteStream,
      // Every frame comes whole.
      debug: true,
      exitOnCtrlC: false,
      patchConsole: false,
      interactive: true,
    },
  );
  const reason = await exit.ended;
  built.close();
  if (timer !== null) clearTimeout(timer);
  instance.unmount();
  say(`${pasteOff}\n${t('spoken.left')}\n`);
  exit.stop();
  if (reason.error !== null)
    process.stderr.write(
      `${t('console.terminal.crash')}\n${reason.error instanceof Error ? reason.error.stack : String(reason.error)}\n`,
    );
  return reason.status;
}
