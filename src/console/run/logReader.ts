import type { ServerEvent } from '../../protocol/events.ts';
import type { Action } from '../state/actions.ts';
import type { ConsoleState } from '../state/consoleState.ts';
import { type LogState, windowEnd, windowStart } from '../state/logState.ts';
import { mostWindowBytes } from '../state/reduceLog.ts';
import type { Store } from '../state/store.ts';
import { attemptAt, type LogSubject, readAfter, readTail, type Send } from './logChunks.ts';

export interface LogReader {
  readonly runId: string;
  readonly deviceId: string;
  readonly earlier: number | null;
  start(): void;
  eventArrived(event: Extract<ServerEvent, { event: 'attemptLogged' }>): void;
  stop(): void;
}

export interface LogReaderOrder {
  readonly runId: string;
  readonly deviceId: string;
  readonly earlier: number | null;
  readonly store: Store<ConsoleState, Action>;
  readonly send: Send;
}

/** A log that grows faster than it is read is not read through: its end is. */
const mostBehindBytes = 1024 * 1024;

/**
 * Reads the end of an attempt's log, and what is added to it. An `attemptLogged` event only says that there is more: the
 * bytes come from `readLog` by their offset, so that nothing is doubled or lost between following and reading.
 */
export function createLogReader({ runId, deviceId, earlier, store, send }: LogReaderOrder): LogReader {
  let isStopped = false;
  let isReading = false;
  let hasMore = false;
  /** Begins anew at the end: nothing was read yet, or there is another attempt. */
  let isFresh = true;

  const shown = (): LogState | null => {
    const log = store.getState().run?.log ?? null;
    return log?.deviceId === deviceId && log.earlier === earlier ? log : null;
  };
  const subject = (): LogSubject => ({
    runId,
    deviceId,
    attempt: attemptAt(store.getState().run?.devices.get(deviceId), earlier),
  });

  /** False: nothing more is to be read now. */
  const readOnce = async (log: LogState): Promise<boolean> => {
    const isBehind = log.isFollowing && log.sizeBytes - windowEnd(log) > mostBehindBytes;
    const isAlone = isFresh || isBehind;
    if (!isAlone && !log.isFollowing && windowEnd(log) - windowStart(log) > mostWindowBytes) return false;
    const answer = isAlone
      ? await readTail(send, subject())
      : await readAfter(send, subject(), windowEnd(log));
    if (isStopped || !answer.ok) return false;
    isFresh = false;
    store.dispatch({
      type: 'run/logChunk',
      deviceId,
      earlier,
      read: answer.value,
      place: isAlone ? 'alone' : 'after',
    });
    const { chunk, sizeBytes } = answer.value;
    return chunk.nextOffset > chunk.offset && chunk.nextOffset < sizeBytes;
  };

  const read = async () => {
    if (isReading || isStopped) {
      hasMore = true;
      return;
    }
    isReading = true;
    do {
      hasMore = false;
      const log = shown();
      if (log !== null && (await readOnce(log))) hasMore = true;
    } while (hasMore && !isStopped);
    isReading = false;
  };

  return {
    runId,
    deviceId,
    earlier,
    start() {
      void send('followLog', { runId, deviceId }).then(() => read());
    },
    eventArrived(event) {
      if (event.runId !== runId || event.deviceId !== deviceId || earlier !== null) return;
      const attempt = shown()?.attempt ?? null;
      if (attempt !== null && event.attempt > attempt) isFresh = true;
      void read();
    },
    stop() {
      isStopped = true;
      void send('unfollowLog', { runId, deviceId });
    },
  };
}
