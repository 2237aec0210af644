import type { Outcome } from '../../domain/failure.ts';
import type { CommandAnswer, CommandName, CommandParams } from '../../protocol/commands.ts';
import type { ServerEvent } from '../../protocol/events.ts';
import { expandTabs } from '../../shared/cellWidth.ts';
import { LineSanitiser } from '../../shared/sanitise.ts';
import type { Action } from '../state/actions.ts';
import type { ConsoleState } from '../state/consoleState.ts';
import type { Store } from '../state/store.ts';

export interface LogReader {
  readonly runId: string;
  readonly deviceId: string;
  start(): void;
  eventArrived(event: Extract<ServerEvent, { event: 'attemptLogged' }>): void;
  stop(): void;
}

export interface LogReaderOrder {
  readonly runId: string;
  readonly deviceId: string;
  readonly store: Store<ConsoleState, Action>;
  readonly send: <N extends CommandName>(
    command: N,
    params: CommandParams<N>,
  ) => Promise<Outcome<CommandAnswer<N>>>;
}

/** The newest part of a long log is read first. */
const firstBytes = 256 * 1024;
/** At least this much in one answer means that there may be more (protocol/commands.ts, readLog). */
const largestAnswerBytes = 200 * 1024;

/**
 * Reads the log of a device's newest attempt. An `attemptLogged` event only says that there is more: the bytes come
 * from `readLog` by their offset, so that nothing is doubled or lost between following and reading.
 */
export function createLogReader({ runId, deviceId, store, send }: LogReaderOrder): LogReader {
  let isStopped = false;
  let isReading = false;
  let hasMore = false;
  let attempt: number | null = null;
  let offset = -firstBytes;
  let sanitiser = new LineSanitiser();

  const begin = (newAttempt: number) => {
    attempt = newAttempt;
    sanitiser = new LineSanitiser();
    const log = store.getState().run?.log;
    if (log?.deviceId === deviceId)
      store.dispatch({ type: 'run/log', log: { ...log, attempt: newAttempt, lines: [], droppedLines: 0 } });
  };

  const read = async () => {
    if (isReading || isStopped) {
      hasMore = true;
      return;
    }
    isReading = true;
    do {
      hasMore = false;
      const answer = await send('readLog', { runId, deviceId, attempt, offset });
      if (isStopped || !answer.ok) break;
      if (attempt !== answer.value.attempt) begin(answer.value.attempt);
      offset = answer.value.nextOffset;
      const pushed = sanitiser.push(answer.value.text);
      // The last line may have no line break.
      const lines = [...pushed, ...(answer.value.isComplete ? sanitiser.end() : [])].map(expandTabs);
      if (lines.length > 0) store.dispatch({ type: 'run/logLines', deviceId, lines });
      // A log longer than one answer is read on at once; otherwise the next event tells.
      if (answer.value.nextOffset - answer.value.offset >= largestAnswerBytes) hasMore = true;
    } while (hasMore && !isStopped);
    isReading = false;
  };

  return {
    runId,
    deviceId,
    start() {
      void send('followLog', { runId, deviceId }).then(() => read());
    },
    eventArrived(event) {
      if (event.runId !== runId || event.deviceId !== deviceId) return;
      if (attempt !== null && event.attempt > attempt) {
        attempt = null;
        offset = 0;
      }
      void read();
    },
    stop() {
      isStopped = true;
      void send('unfollowLog', { runId, deviceId });
    },
  };
}
