import type { ServerEvent } from '../../protocol/events.ts';
import type { Action } from '../state/actions.ts';
import type { ConsoleState } from '../state/consoleState.ts';
import type { Store } from '../state/store.ts';
import type { Send } from './logChunks.ts';
import { createLogReader, type LogReader } from './logReader.ts';

/** Keeps the server watching what the run screen shows: the run, and the log of the device that is open. */
export interface RunWatcher {
  /** After the state has changed. */
  follow(): void;
  /** After a new connection: what was watched must be watched again. */
  restart(): void;
  eventArrived(event: ServerEvent): void;
}

export function createRunWatcher(store: Store<ConsoleState, Action>, send: Send): RunWatcher {
  let runId: string | null = null;
  let log: LogReader | null = null;

  const watch = async (id: string) => {
    const answer = await send('watchRun', { runId: id });
    if (runId !== id) return;
    if (answer.ok) {
      const { run, devices } = answer.value;
      store.dispatch({ type: 'run/loaded', runId: id, run, devices });
      return;
    }
    // Without a line the watch begins again with the next one.
    if (answer.failure.code === 'server.unreachable') return;
    store.dispatch({ type: 'run/close' });
    store.dispatch({ type: 'ui/notice', notice: { content: answer.failure, role: 'status.error' } });
  };

  const follow = () => {
    const state = store.getState();
    const wanted = state.run?.runId ?? null;
    if (wanted !== runId) {
      if (runId !== null) void send('unwatchRun', { runId });
      runId = wanted;
      if (wanted !== null) void watch(wanted);
    }
    const deviceId = state.run?.log?.deviceId ?? null;
    const earlier = state.run?.log?.earlier ?? null;
    if (log !== null && (log.deviceId !== deviceId || log.runId !== wanted || log.earlier !== earlier)) {
      log.stop();
      log = null;
    }
    if (log === null && deviceId !== null && wanted !== null) {
      log = createLogReader({ runId: wanted, deviceId, earlier, send, store });
      log.start();
    }
  };

  return {
    follow,
    restart() {
      log?.stop();
      log = null;
      if (runId !== null) {
        store.dispatch({ type: 'run/rewatched' });
        void watch(runId);
      }
      follow();
    },
    eventArrived(event) {
      if (event.event === 'attemptLogged') log?.eventArrived(event);
    },
  };
}
