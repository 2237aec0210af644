import { describe, expect, it } from 'vitest';
import { followRun } from '../../src/cli/watch/followRun.ts';
import type { RunProgress } from '../../src/cli/watch/runProgress.ts';
import type { Connection } from '../../src/client/connection.ts';
import { type Failure, failure } from '../../src/domain/failure.ts';
import type { Run, RunDevice } from '../../src/domain/model.ts';
import type { ServerEvent } from '../../src/protocol/events.ts';
import { ok } from '../../src/shared/result.ts';
import { sampleDevice, sampleRun } from './sample.ts';

/** A line whose events a test sends in any order; it says nothing about the real server's order. */
function fakeConnection(answers: { run: Run; devices: RunDevice[] }[], duringCall: ServerEvent[] = []) {
  const events = new Set<(event: ServerEvent) => void>();
  const ends = new Set<(failure: Failure) => void>();
  const send = (event: ServerEvent) => {
    for (const listener of [...events]) listener(event);
  };
  const connection = {
    call: async (name: string) => {
      if (name !== 'watchRun') return ok({});
      for (const event of duringCall.splice(0)) send(event);
      return ok(answers.length > 1 ? answers.shift() : answers[0]);
    },
    onEvent: (listener: (event: ServerEvent) => void) => {
      events.add(listener);
      return () => events.delete(listener);
    },
    onClosed: (listener: (failure: Failure) => void) => {
      ends.add(listener);
      return () => ends.delete(listener);
    },
  } as unknown as Connection;
  return {
    connection,
    send,
    end: () => {
      for (const listener of [...ends]) listener(failure('server.unreachable'));
    },
    listeners: () => events.size + ends.size,
  };
}

function recorder() {
  const said: string[] = [];
  let resolveBegun = (): void => {};
  const begun = new Promise<void>((resolve) => {
    resolveBegun = resolve;
  });
  const progress: RunProgress = {
    begun: (_, devices) => {
      said.push(`begun ${devices.length}`);
      // What follows the answer is set up in the same turn.
      queueMicrotask(resolveBegun);
    },
    deviceEnded: ({ name, state }) => said.push(`${name} ${state}`),
    changed: () => {},
    ended: () => said.push('ended'),
  };
  return { said, progress, begun };
}

const running = sampleRun({ state: 'running', finishedAt: null });
const over = sampleRun();
const runChanged = (run: Run): ServerEvent => ({
  event: 'changed',
  seq: 1,
  changes: [{ collection: 'runs', put: [run], removed: [] }],
});
const rows = (...devices: RunDevice[]): ServerEvent => ({
  event: 'runDevicesChanged',
  runId: running.id,
  devices,
});
const never = new AbortController().signal;
const waiting = sampleDevice(1, { state: 'installing' });

describe('following a run', () => {
  it('reports each end once, also of a row that comes after the end of the run', async () => {
    const { said, progress, begun } = recorder();
    const second = sampleDevice(2, { state: 'installing' });
    const done = sampleDevice(2, { state: 'failed' });
    const line = fakeConnection([
      { run: running, devices: [waiting, second] },
      { run: over, devices: [sampleDevice(1), done] },
    ]);
    const followed = followRun(line.connection, running.id, progress, never);
    await begun;
    line.send(rows(sampleDevice(1)));
    line.send(rows(sampleDevice(1)));
    line.send(runChanged(over));
    expect(await followed).toMatchObject({
      ok: true,
      value: { kind: 'finished', run: { state: 'finished' } },
    });
    expect(said).toEqual(['begun 2', 'web-1 succeeded', 'web-2 failed', 'ended']);
    expect(line.listeners()).toBe(0);
  });

  it('hears an end that overtakes the answer', async () => {
    const { said, progress } = recorder();
    const line = fakeConnection(
      [
        { run: running, devices: [waiting] },
        { run: over, devices: [sampleDevice(1)] },
      ],
      [rows(sampleDevice(1)), runChanged(over)],
    );
    expect(await followRun(line.connection, running.id, progress, never)).toMatchObject({ ok: true });
    expect(said).toEqual(['begun 1', 'web-1 succeeded', 'ended']);
  });

  it('can be left at any time', async () => {
    const { progress, begun } = recorder();
    const left = new AbortController();
    const line = fakeConnection([{ run: running, devices: [waiting] }]);
    const followed = followRun(line.connection, running.id, progress, left.signal);
    await begun;
    left.abort();
    expect(await followed).toEqual(ok({ kind: 'left' }));
    expect(line.listeners()).toBe(0);
  });

  it('says when the line is lost', async () => {
    const { progress, begun } = recorder();
    const line = fakeConnection([{ run: running, devices: [waiting] }]);
    const followed = followRun(line.connection, running.id, progress, never);
    await begun;
    line.end();
    expect(await followed).toMatchObject({ ok: false, failure: { code: 'server.unreachable' } });
  });
});
