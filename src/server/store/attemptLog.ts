import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Outcome } from '../../domain/failure.ts';
import { fail, ok } from '../../shared/result.ts';
import { attemptLogName, runFolder } from './runFolders.ts';
import { trimToCharacters } from './utf8Part.ts';
import { hasCode, readFailure, writeFailure } from './writeFailure.ts';

/** One attempt's raw log, `runs/<runId>/logs/<deviceId>.<attempt>.log`. It is not synced: it proves nothing. */
export interface AttemptLog {
  /** How many bytes of this text's first characters stand in the log at this offset already. */
  countKnown(offset: number, text: string): Promise<number>;
  /** In order; past the limit one line says that the log was cut, the rest is dropped. */
  append(text: string): Promise<Outcome<void>>;
  close(): Promise<void>;
}

export interface LogPart {
  readonly text: string;
  /** Where `text` begins and where the next part does, in bytes. */
  readonly offset: number;
  readonly nextOffset: number;
  readonly sizeBytes: number;
}

const defaultLimitBytes = 16 * 1024 * 1024;
/** In the log itself, beside the installer's own words. */
const cutLine = (limitBytes: number): string => `\n[haifu: log cut at ${limitBytes} bytes]\n`;

/** Opens the log for writing, behind what is there: an attempt that is taken up again goes on in its log. */
export async function openAttemptLog(
  folder: string,
  runId: string,
  deviceId: string,
  attempt: number,
  limitBytes: number = defaultLimitBytes,
): Promise<Outcome<AttemptLog>> {
  const name = attemptLogName(deviceId, attempt);
  const logs = join(runFolder(folder, runId), 'logs');
  try {
    await mkdir(logs, { recursive: true, mode: 0o700 });
    const handle = await open(join(logs, name), 'a+', 0o600);
    const { size } = await handle.stat();
    return ok(writeTo(handle, name, size, limitBytes));
  } catch (error) {
    return fail(writeFailure(error, name));
  }
}

function writeTo(handle: FileHandle, name: string, sizeBytes: number, limitBytes: number): AttemptLog {
  let remaining = limitBytes - sizeBytes;
  let last: Promise<Outcome<void>> = Promise.resolve(ok(undefined));

  function fitting(text: string): Buffer | null {
    if (remaining < 0) return null;
    const bytes = Buffer.from(text);
    remaining -= bytes.length;
    if (remaining >= 0) return bytes;
    const kept = trimToCharacters(bytes.subarray(0, bytes.length + remaining)).bytes;
    return Buffer.concat([kept, Buffer.from(cutLine(limitBytes))]);
  }

  async function write(bytes: Buffer): Promise<Outcome<void>> {
    try {
      await handle.appendFile(bytes);
      return ok(undefined);
    } catch (error) {
      return fail(writeFailure(error, name));
    }
  }

  return {
    async countKnown(offset, text) {
      const bytes = Buffer.from(text);
      const there = Buffer.alloc(bytes.length);
      const { bytesRead } = await handle.read(there, 0, there.length, offset).catch(() => ({ bytesRead: 0 }));
      let known = 0;
      while (known < bytesRead && there[known] === bytes[known]) known++;
      return trimToCharacters(bytes.subarray(0, known)).bytes.length;
    },
    append(text) {
      const bytes = fitting(text);
      if (bytes !== null) last = last.then(() => write(bytes));
      return last;
    },
    async close() {
      await last;
      await handle.close().catch(() => {});
    },
  };
}

/**
 * A part of the log that never cuts a character in two. A negative offset counts from the end. A log that does
 * not exist reads as empty.
 */
export async function readAttemptLog(
  folder: string,
  runId: string,
  deviceId: string,
  attempt: number,
  offset: number,
  maxBytes: number,
): Promise<Outcome<LogPart>> {
  const name = attemptLogName(deviceId, attempt);
  let handle: FileHandle | null = null;
  try {
    handle = await open(join(runFolder(folder, runId), 'logs', name), 'r');
    const { size } = await handle.stat();
    const start = Math.min(offset < 0 ? Math.max(0, size + offset) : offset, size);
    const buffer = Buffer.alloc(Math.max(0, Math.min(maxBytes, size - start)));
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, start);
    const { bytes, skipped } = trimToCharacters(buffer.subarray(0, bytesRead));
    const begin = start + skipped;
    return ok({
      text: bytes.toString(),
      offset: begin,
      nextOffset: begin + bytes.length,
      sizeBytes: size,
    });
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return ok({ text: '', offset: 0, nextOffset: 0, sizeBytes: 0 });
    return fail(readFailure(error, name));
  } finally {
    await handle?.close();
  }
}
