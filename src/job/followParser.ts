import { StringDecoder } from 'node:string_decoder';
import type { Failure } from '../domain/failure.ts';
import type { DetectionAnswer, JobEnd } from './jobTypes.ts';
import { isJobEnd, parseFailure, parseJobState, parseLine, type ReportLine } from './report.ts';
import { readVerification } from './verify.ts';

export interface Verification {
  readonly detection: DetectionAnswer;
  readonly isRestartRequired: boolean;
  readonly bootId: string | null;
}

/** What start and follow say, in the order in which it happens; `verified` or `failed` comes last. */
export type FollowEvent =
  /** The installer's own bytes, untrusted. `bytes` adds up to the next logOffset. */
  | { readonly kind: 'log'; readonly text: string; readonly bytes: number }
  /** isNew: this call started the runner; else it was there before. */
  | { readonly kind: 'started'; readonly isNew: boolean }
  /** Printed every few seconds, so that silence means a dead connection. */
  | { readonly kind: 'alive' }
  | { readonly kind: 'end'; readonly end: JobEnd }
  | { readonly kind: 'verified'; readonly verification: Verification }
  /** Nothing was started: transfer.hashMismatch, transfer.failed, check.diskFull, installer.startFailed … */
  | { readonly kind: 'failed'; readonly failure: Failure };

export interface FollowParser {
  push(chunk: Buffer): FollowEvent[];
  /** What was held back for a possible marker. */
  finish(): FollowEvent[];
}

const lineEnd = Buffer.from(']]\n');
/** A line of ours is short; what is longer without an end is none. */
const longestLine = 2048;
/** A follower says a handful beside its signs of life. */
const mostLines = 1000;

/** Separates log text from markers in chunks cut anywhere. */
export function createFollowParser(nonce: string): FollowParser {
  const lineStart = Buffer.from(`[[${nonce}:`);
  const decoder = new StringDecoder('utf8');
  const lines: ReportLine[] = [];
  let held: Buffer = Buffer.alloc(0);

  const log = (bytes: Buffer): FollowEvent[] =>
    bytes.length === 0 ? [] : [{ kind: 'log', text: decoder.write(bytes), bytes: bytes.length }];

  function push(chunk: Buffer): FollowEvent[] {
    const events: FollowEvent[] = [];
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    for (;;) {
      const start = held.indexOf(lineStart);
      if (start < 0) {
        const keep = partialMatch(held, lineStart);
        events.push(...log(held.subarray(0, held.length - keep)));
        held = held.subarray(held.length - keep);
        return events;
      }
      events.push(...log(held.subarray(0, start)));
      held = held.subarray(start);
      const end = held.indexOf(lineEnd);
      if (end < 0 && held.length <= longestLine) return events;
      if (end < 0) {
        events.push(...log(held.subarray(0, lineStart.length)));
        held = held.subarray(lineStart.length);
        continue;
      }
      const line = parseLine(held.subarray(lineStart.length, end).toString('utf8'));
      held = held.subarray(end + lineEnd.length);
      if (line.key !== 'alive' && lines.length < mostLines) lines.push(line);
      events.push(...eventOf(line, lines));
    }
  }

  function finish(): FollowEvent[] {
    const rest = log(held);
    held = Buffer.alloc(0);
    const tail = decoder.end();
    return tail === '' ? rest : [...rest, { kind: 'log', text: tail, bytes: 0 }];
  }

  return { push, finish };
}

/** Length of the longest end of `bytes` that could begin `wanted`. */
function partialMatch(bytes: Buffer, wanted: Buffer): number {
  for (let length = Math.min(bytes.length, wanted.length - 1); length > 0; length--)
    if (bytes.subarray(bytes.length - length).equals(wanted.subarray(0, length))) return length;
  return 0;
}

function eventOf(line: ReportLine, lines: readonly ReportLine[]): FollowEvent[] {
  switch (line.key) {
    case 'alive':
      return [{ kind: 'alive' }];
    case 'started':
      return [{ kind: 'started', isNew: line.value === 'new' }];
    case 'end': {
      const state = parseJobState(line.value);
      return state !== null && isJobEnd(state) ? [{ kind: 'end', end: state }] : [];
    }
    case 'failed': {
      const failure = parseFailure(line.value);
      return failure === null ? [] : [{ kind: 'failed', failure }];
    }
    case 'verified': {
      const verification = readVerification(lines);
      return verification === null ? [] : [{ kind: 'verified', verification }];
    }
    default:
      return [];
  }
}
