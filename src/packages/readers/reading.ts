import { type Failure, FailureError, failure, type Outcome } from '../../domain/failure.ts';
import { ok } from '../../shared/result.ts';
import type { PackageSource } from '../packageFormat.ts';

/** Why a file cannot be read; its words are `reason.<word>` of i18n. */
export type Unreadable = 'damaged' | 'encrypted' | 'sourcePackage' | 'architecture' | 'nameOrVersion';

export const truncated = (): FailureError => new FailureError(failure('package.truncated'));
export const unreadable = (reason: Unreadable): FailureError =>
  new FailureError(failure('package.unreadable', { reason }));
export const unsafe = (path: string): FailureError =>
  new FailureError(failure('package.unsafeContent', { path: visible(path) }));
export const tooLarge = (sizeBytes: number, limitBytes: number): FailureError =>
  new FailureError(failure('package.tooLarge', { sizeBytes, limitBytes }));

const visible = (path: string): string => path.replace(/\p{Cc}/gu, '\uFFFD').slice(0, 256);

/** Runs a reader; what it threw as a FailureError becomes the outcome, with the file's name. A bug goes on. */
export async function reading<T>(source: PackageSource, read: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return ok(await read());
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    const named: Failure = {
      ...error.failure,
      params: { fileName: visible(source.fileName), ...error.failure.params },
    };
    return { ok: false, failure: named };
  }
}

/** Exactly these bytes of the file, or `package.truncated`. */
export async function readExactly(source: PackageSource, offset: number, length: number): Promise<Buffer> {
  const bytes = await source.read(offset, length);
  if (bytes.length < length) throw truncated();
  return bytes;
}

const chunkBytes = 256 * 1024;

/** A part of the file in pieces. */
export async function* chunksOf(
  source: PackageSource,
  offset: number,
  length: number,
): AsyncGenerator<Buffer> {
  for (let at = offset; at < offset + length; at += chunkBytes)
    yield await readExactly(source, at, Math.min(chunkBytes, offset + length - at));
}

/** A name or version as it may be stored and shown: one line, no control characters, not too long. */
export function checkedLine(text: string | undefined, max: number): string {
  const line = (text ?? '').trim();
  if (line.length > max || /[\p{Cc}\uFFFD\u2028\u2029]/u.test(line)) throw unreadable('nameOrVersion');
  return line;
}

/** The same, and not empty. */
export function checkedName(text: string | undefined, max: number): string {
  const name = checkedLine(text, max);
  if (name === '') throw unreadable('nameOrVersion');
  return name;
}

/** Dependencies as written, for people: what does not fit the store is left out. */
export const checkedDependencies = (all: readonly string[]): string[] =>
  all
    .map((one) => one.replace(/[\p{Cc}\s]+/gu, ' ').trim())
    .filter((one) => one !== '' && one.length <= 1024)
    .slice(0, 2000);
