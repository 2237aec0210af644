import { isFinal } from '../../../domain/attempt.ts';
import { ok } from '../../../shared/result.ts';
import { readAttemptLog } from '../../store/attemptLog.ts';
import type { Handlers } from '../handler.ts';
import { notFound, required } from '../refusals.ts';

/** A part of a log as one answer carries it. */
const maxLogBytes = 256 * 1024;

export const runHandlers: Handlers<
  'cancelRun' | 'retryRun' | 'removeRun' | 'watchRun' | 'unwatchRun' | 'readLog' | 'followLog' | 'unfollowLog'
> = {
  cancelRun: async ({ runId, deviceIds, installers }, { engine, user }) => {
    const cancelled = await engine.cancel(runId, deviceIds, installers, user);
    return cancelled.ok ? ok({}) : cancelled;
  },

  retryRun: async ({ runId, sets, deviceIds }, { engine, user }) => {
    const run = await engine.retry(runId, sets, deviceIds, user);
    return run.ok ? ok({ run: run.value }) : run;
  },

  removeRun: async ({ runId }, { engine }) => {
    const removed = await engine.remove(runId);
    return removed.ok ? ok({}) : removed;
  },

  /** Rows of a live run are read in the moment in which the watch begins: no change falls between. */
  watchRun: async ({ runId }, { engine, publisher, connection }) => {
    publisher.watch(runId, connection);
    const read = await engine.read(runId);
    if (!read.ok) publisher.unwatch(runId, connection);
    return read;
  },

  unwatchRun: ({ runId }, { publisher, connection }) => {
    publisher.unwatch(runId, connection);
    return ok({});
  },

  readLog: async ({ runId, deviceId, attempt, offset, maxBytes = maxLogBytes }, { engine, dataFolder }) => {
    const read = await engine.read(runId);
    if (!read.ok) return read;
    const row = read.value.devices.find((device) => device.deviceId === deviceId);
    if (!row) return notFound('device', deviceId);
    const number = attempt ?? row.attempt;
    const part = await readAttemptLog(
      dataFolder,
      runId,
      deviceId,
      number,
      offset,
      Math.min(maxBytes, maxLogBytes),
    );
    if (!part.ok) return part;
    const { text, offset: from, nextOffset, sizeBytes } = part.value;
    const isOver = number < row.attempt || isFinal(row.state);
    return ok({
      text,
      offset: from,
      nextOffset,
      sizeBytes,
      attempt: number,
      isComplete: isOver && nextOffset >= sizeBytes,
    });
  },

  followLog: ({ runId, deviceId }, { store, publisher, connection }) => {
    const run = required(store.model.runs, runId, 'run');
    if (!run.ok) return run;
    publisher.follow(runId, deviceId, connection);
    return ok({});
  },

  unfollowLog: ({ runId, deviceId }, { publisher, connection }) => {
    publisher.unfollow(runId, deviceId, connection);
    return ok({});
  },
};
