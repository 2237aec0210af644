import type { Outcome } from '../../domain/failure.ts';
import type { RunDevice } from '../../domain/model.ts';
import type { CommandAnswer, CommandName, CommandParams } from '../../protocol/commands.ts';
import { expandTabs } from '../../shared/cellWidth.ts';
import { ok } from '../../shared/result.ts';
import { LineSanitiser } from '../../shared/sanitise.ts';
import type { LogChunk } from '../state/logState.ts';
import type { ReadChunk } from '../state/reduceLog.ts';

export type Send = <N extends CommandName>(
  command: N,
  params: CommandParams<N>,
) => Promise<Outcome<CommandAnswer<N>>>;

/** Whose log: an attempt of a device in a run; null is the newest one. */
export interface LogSubject {
  readonly runId: string;
  readonly deviceId: string;
  readonly attempt: number | null;
}

export const chunkBytes = 128 * 1024;

/** The attempt's number at this place of the device's earlier ones; null: the present one. */
export const attemptAt = (device: RunDevice | undefined, earlier: number | null): number | null =>
  earlier === null ? null : (device?.earlierAttempts?.[earlier]?.attempt ?? null);

/** The part of the log that begins with the line at `offset`. */
export async function readAfter(
  send: Send,
  subject: LogSubject,
  offset: number,
): Promise<Outcome<ReadChunk>> {
  const answer = await send('readLog', { ...subject, offset, maxBytes: chunkBytes });
  if (!answer.ok) return answer;
  const { text, isComplete } = answer.value;
  const chunk = chunkOf(text, answer.value.offset, { isCutBefore: false, isLast: isComplete });
  return ok(readAs(answer.value, chunk));
}

/** The last part of the log. */
export async function readTail(send: Send, subject: LogSubject): Promise<Outcome<ReadChunk>> {
  const answer = await send('readLog', { ...subject, offset: -chunkBytes, maxBytes: chunkBytes });
  if (!answer.ok) return answer;
  const { text, offset, isComplete } = answer.value;
  const chunk = chunkOf(text, offset, { isCutBefore: offset > 0, isLast: isComplete });
  return ok(readAs(answer.value, chunk));
}

/** A line that is not written to its end is not counted yet: a window that stands before it is at the log's end. */
const readAs = (
  { attempt, sizeBytes, nextOffset }: CommandAnswer<'readLog'>,
  chunk: LogChunk,
): ReadChunk => ({ attempt, chunk, sizeBytes: nextOffset >= sizeBytes ? chunk.nextOffset : sizeBytes });

/** The part of the log that ends where the line at `end` begins. */
export async function readBefore(send: Send, subject: LogSubject, end: number): Promise<Outcome<ReadChunk>> {
  const from = Math.max(0, end - chunkBytes);
  const answer = await send('readLog', { ...subject, offset: from, maxBytes: Math.max(4, end - from) });
  if (!answer.ok) return answer;
  const { text, offset, attempt, sizeBytes } = answer.value;
  const chunk = chunkOf(text, offset, { isCutBefore: offset > 0, isLast: true });
  return ok({ attempt, sizeBytes, chunk });
}

/**
 * Whole lines only: what stands before the first line break of a part that was cut out belongs to the line before; what
 * stands after the last one is not written to its end yet. A line longer than the part is taken as far as it goes.
 */
export function chunkOf(
  text: string,
  offset: number,
  { isCutBefore, isLast }: { readonly isCutBefore: boolean; readonly isLast: boolean },
): LogChunk {
  const from = isCutBefore ? text.indexOf('\n') + 1 : 0;
  const lastBreak = text.lastIndexOf('\n') + 1;
  const isLongLine = lastBreak <= from && text.length - from > chunkBytes / 8;
  const to = isLast || isLongLine ? text.length : Math.max(from, lastBreak);
  const body = text.slice(from, to);
  const begin = offset + Buffer.byteLength(text.slice(0, from));
  const sanitiser = new LineSanitiser();
  const lines = [...sanitiser.push(body), ...sanitiser.end()].map(expandTabs);
  return { offset: begin, nextOffset: begin + Buffer.byteLength(body), lines };
}
