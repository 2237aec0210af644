import { constants } from 'node:os';
import { type Failure, type FailureCode, failure } from '../domain/failure.ts';
import type { DetectionAnswer, JobEnd, JobState } from './jobTypes.ts';

/** One of a script's own lines: `[[nonce:key value]]`. Values come from a device: they are untrusted. */
export interface ReportLine {
  readonly key: string;
  readonly value: string;
}

/** The script's own lines in a whole output; greetings, warnings and anything else are passed over. */
export function reportLines(text: string, nonce: string): ReportLine[] {
  const start = `[[${nonce}:`;
  return text.split('\n').flatMap((line) => {
    const at = line.indexOf(start);
    const end = line.lastIndexOf(']]');
    return at < 0 || end < at ? [] : [parseLine(line.slice(at + start.length, end))];
  });
}

export function parseLine(inner: string): ReportLine {
  const blank = inner.indexOf(' ');
  return blank < 0
    ? { key: inner, value: '' }
    : { key: inner.slice(0, blank), value: oneLine(inner.slice(blank + 1)) };
}

const oneLine = (text: string): string =>
  text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim()
    .slice(0, 256);

export const reportedValue = (lines: readonly ReportLine[], key: string): string | null =>
  lines.find((line) => line.key === key)?.value ?? null;

/** A count of a device: null for anything but a plain number that a double holds exactly. */
export function parseCount(value: string | null | undefined): number | null {
  return value != null && /^\d{1,15}$/.test(value) ? Number(value) : null;
}

export function parseDetection(value: string | null): DetectionAnswer | null {
  const [, state, installedVersion] = /^(present|absent|unknown) ?(.*)$/.exec(value ?? '') ?? [];
  if (state === undefined) return null;
  return { state: state as DetectionAnswer['state'], installedVersion: installedVersion || null };
}

const signalNames = new Map(Object.entries(constants.signals).map(([name, number]) => [number, name]));

export function parseJobState(value: string | null): JobState | null {
  switch (value) {
    case 'none':
    case 'prepared':
    case 'running':
    case 'timeout':
    case 'interrupted':
    case 'lost':
      return { kind: value };
    default: {
      const code = parseCount(/^exit (\d+)$/.exec(value ?? '')?.[1]);
      if (code === null || code > 255) return null;
      const signal = code > 128 ? signalNames.get(code - 128) : undefined;
      return signal === undefined ? { kind: 'exit', code } : { kind: 'signal', code, signal };
    }
  }
}

export const isJobEnd = (state: JobState): state is JobEnd =>
  state.kind !== 'none' && state.kind !== 'prepared' && state.kind !== 'running';

type Params = (detail: string, freeBytes: number, neededBytes: number) => Failure;

/** The failures that a script may report, by the code it names: another code is not believed. */
const reported: Partial<Record<FailureCode, Params>> = {
  'check.diskFull': (_detail, freeBytes, neededBytes) =>
    failure('check.diskFull', { freeBytes, neededBytes }, { isRetryable: true }),
  'check.readOnly': (detail) => failure('check.readOnly', { path: detail }),
  'check.toolMissing': (detail) => failure('check.toolMissing', { tool: detail }),
  'transfer.failed': (detail) => failure('transfer.failed', { detail }, { isRetryable: true }),
  'transfer.hashMismatch': () => failure('transfer.hashMismatch', {}, { isRetryable: true }),
  'installer.startFailed': (detail) => failure('installer.startFailed', { detail }),
  'restart.notPermitted': (detail) => failure('restart.notPermitted', { detail }),
};

export function parseFailure(value: string | null): Failure | null {
  const [, code, free, needed, detail] = /^(\S+) (\S+) (\S+) ?(.*)$/.exec(value ?? '') ?? [];
  const make = reported[code as FailureCode];
  if (make === undefined) return null;
  return make(detail ?? '', parseCount(free) ?? 0, parseCount(needed) ?? 0);
}
