import { describe, expect, it } from 'vitest';
import {
  type InstallEvidence,
  installFailureOf,
  journalledEnd,
  judgeInstallation,
} from '../../src/delivery/installVerdict.ts';
import type { JobEnd } from '../../src/job/jobTypes.ts';

const evidence = (
  end: JobEnd,
  state: 'present' | 'absent' | 'unknown',
  more: Partial<InstallEvidence> & { restart?: boolean } = {},
): InstallEvidence => ({
  end,
  verification: {
    detection: { state, installedVersion: null },
    isRestartRequired: more.restart ?? false,
    bootId: 'b',
  },
  exitCodes: { '0': 'success', '143': 'success', '194': 'successRestart' },
  wasPresent: false,
  tail: 'the last words',
  timeoutMs: 90_000,
  ...more,
});
const exit = (code: number): JobEnd => ({ kind: 'exit', code });
const killed: JobEnd = { kind: 'signal', code: 137, signal: 'SIGKILL' };
const term: JobEnd = { kind: 'signal', code: 143, signal: 'SIGTERM' };

describe('what an installer’s end comes to', () => {
  it.each([
    [exit(0), 'present', {}, 'succeeded', null, false],
    [exit(0), 'unknown', {}, 'succeeded', null, false],
    [exit(0), 'absent', {}, 'failed', 'package.absentAfterInstall', false],
    [exit(0), 'absent', { restart: true }, 'failed', 'package.absentAfterInstall', false],
    [exit(0), 'present', { restart: true }, 'succeeded', null, true],
    [exit(194), 'absent', {}, 'succeeded', null, true],
    [exit(3), 'present', {}, 'failed', 'installer.exitCode', false],
    [killed, 'present', {}, 'failed', 'installer.signal', false],
    [term, 'present', {}, 'succeeded', null, false],
    [{ kind: 'timeout' }, 'present', {}, 'succeededWithWarning', 'package.presentAfterTimeout', false],
    [{ kind: 'timeout' }, 'present', { wasPresent: true }, 'failed', 'installer.timeout', false],
    [{ kind: 'timeout' }, 'unknown', {}, 'failed', 'installer.timeout', false],
    [{ kind: 'interrupted' }, 'absent', {}, 'failed', 'installer.interruptedByReboot', false],
    [{ kind: 'interrupted' }, 'present', {}, 'succeededWithWarning', 'installer.interruptedByReboot', false],
    [{ kind: 'lost' }, 'absent', {}, 'failed', 'installer.outcomeUnknown', false],
  ] as const)('%o, package %s, %o', (end, state, more, outcome, code, isRestartNeeded) => {
    const verdict = judgeInstallation(evidence(end, state, more));
    expect(verdict).toMatchObject({ outcome, isRestartNeeded });
    expect(verdict.failure?.code ?? null).toBe(code);
  });

  it('is read back from the journal as it was', () => {
    for (const end of [
      exit(0),
      exit(7),
      killed,
      { kind: 'timeout' },
      { kind: 'interrupted' },
      { kind: 'lost' },
    ] as const) {
      const code = end.kind === 'exit' || end.kind === 'signal' ? end.code : null;
      expect(journalledEnd(code, installFailureOf(end))).toEqual(end);
    }
    expect(journalledEnd(null, null)).toBeNull();
  });
});
