import { openSession, type Session } from '../client/session.ts';
import { failed } from '../domain/failure.ts';
import type { Language } from '../i18n/registry.ts';
import type { ServerEvent } from '../protocol/events.ts';
import { systemClock } from '../shared/clock.ts';
import type { ConsoleContext } from './consoleContext.ts';
import { revealNode } from './perform/places.ts';
import { readingCommands } from './readingCommands.ts';
import { createRunEnds, endWords } from './run/runEnds.ts';
import { createRunWatcher } from './run/runWatcher.ts';
import { createTick } from './run/tick.ts';
import type { Action } from './state/actions.ts';
import type { ConsoleState } from './state/consoleState.ts';
import { createFrameClock } from './state/frameClock.ts';
import { initialState } from './state/initialState.ts';
import type { Preferences } from './state/preferences.ts';
import { reduceConsole } from './state/reduceConsole.ts';
import { createStore, type Store } from './state/store.ts';
import type { Notice } from './state/uiState.ts';
import { say } from './state/words.ts';
import type { Capabilities } from './terminal/capabilities.ts';
import { draftFiles } from './terminal/draftFiles.ts';
import { absolutePath, readFile, readTextFile, seePath, writeNewFile } from './terminal/files.ts';
import { translate } from './viewmodels/translate.ts';
import { createDraftKeeper } from './wizard/draftKeeper.ts';
import { offerDraft } from './wizard/offerDraft.ts';

export interface ConsoleOrder {
  readonly dataFolder: string;
  readonly language: Language;
  readonly capabilities: Capabilities;
  readonly size: { readonly width: number; readonly height: number };
  readonly preferences?: Preferences;
  readonly hasMouse?: boolean;
  readonly isReadOnly?: boolean;
  readonly notice?: Notice | null;
  exit(): void;
  redraw(): void;
  tryDemo(): void;
  suspend(): void;
  /** In words, for who does not look at the screen. */
  runEnded?(text: string): void;
  /** After each change; urgent: it is the admin's doing, not the server's. */
  changed(isUrgent: boolean): void;
  /** Default: a session with the data folder's server. */
  readonly openSession?: typeof openSession;
  /** ISO time. Default: the machine's. */
  readonly now?: () => string;
}

export interface BuiltConsole {
  readonly store: Store<ConsoleState, Action>;
  readonly context: ConsoleContext;
  resize(width: number, height: number): void;
  close(): void;
}

/** At most ten frames a second for what comes from the server; keys are drawn at once. */
const frameMs = 100;
const largestListBytes = 32 * 1024 * 1024;

/** The console without its screen: the store, the line to the server, and what actions may do. */
export function createConsole(order: ConsoleOrder): BuiltConsole {
  const now = order.now ?? (() => systemClock.now());
  const store = createStore(reduceConsole, initialState({ ...order, now: now() }));
  const frames = createFrameClock<ServerEvent>((events) => {
    store.dispatch({ type: 'model/events', events, at: now() });
    for (const event of events) watcher.eventArrived(event);
  }, frameMs);

  const session: Session = (order.openSession ?? openSession)(
    { dataFolder: order.dataFolder, kind: 'console' },
    {
      snapshotTaken(snapshot) {
        // Older than the snapshot.
        frames.stop();
        const isFirst = !store.getState().model.isLoaded;
        store.dispatch({ type: 'model/snapshot', snapshot });
        if (isFirst) revealNode(store);
        store.dispatch({ type: 'model/connection', connection: 'connected', failure: null, at: now() });
        for (const notice of snapshot.notices)
          store.dispatch({ type: 'ui/notice', notice: { content: notice, role: 'status.warning' } });
        watcher.restart();
        if (!isDraftOffered) void offerDraft(context, drafts, now());
        isDraftOffered = true;
      },
      eventArrived: (event) => frames.push(event),
      connectionLost: (failure) => {
        const connection = store.getState().model.isLoaded ? 'reconnecting' : 'failed';
        store.dispatch({ type: 'model/connection', connection, failure, at: now() });
      },
    },
  );
  const send: ConsoleContext['send'] = async (command, params) => {
    if (order.isReadOnly === true && !readingCommands.has(command)) return failed('input.readOnly');
    const outcome = await session.call(command, params);
    // What the server said before its answer is seen before it.
    frames.flush();
    return outcome;
  };
  const drafts = draftFiles(order.dataFolder);
  const draftKeeper = createDraftKeeper(store.getState, now, drafts);
  let isDraftOffered = false;
  const watcher = createRunWatcher(store, send);
  const tick = createTick(store, now);
  const ends = createRunEnds(store, (run) =>
    order.runEnded?.(say(translate(store.getState().ui.language), endWords(run))),
  );
  let isUrgent = false;
  /** What keys do; everything else that reaches the store came in the background. */
  const dispatch = (action: Action) => {
    isUrgent = true;
    try {
      store.dispatch(action);
    } finally {
      isUrgent = false;
    }
  };
  const unsubscribe = store.subscribe(() => {
    watcher.follow();
    tick.follow();
    draftKeeper.follow();
    ends.follow();
    order.changed(isUrgent);
  });

  const context: ConsoleContext = {
    getState: store.getState,
    dispatch,
    send,
    readTextFile,
    readFile: (path) => readFile(path, largestListBytes),
    seePath,
    writeFile: writeNewFile,
    absolutePath,
    openRun: (runId) => dispatch({ type: 'run/open', runId, at: now() }),
    exit: order.exit,
    redraw: order.redraw,
    tryDemo: order.tryDemo,
    suspend: order.suspend,
  };

  return {
    store,
    context,
    resize: (width, height) => dispatch({ type: 'ui/size', width, height }),
    close() {
      draftKeeper.close();
      unsubscribe();
      tick.stop();
      frames.stop();
      session.close();
    },
  };
}
