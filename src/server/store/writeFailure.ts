import { type Failure, failure } from '../../domain/failure.ts';

const isSystemError = (error: unknown): error is NodeJS.ErrnoException & { code: string } =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && 'syscall' in error;

export const hasCode = (error: unknown, code: string): boolean => isSystemError(error) && error.code === code;

/** The failure behind a rejected file-system call, named by file; anything else is a bug and is thrown on. */
export function writeFailure(error: unknown, file: string): Failure {
  if (!isSystemError(error)) throw error;
  return error.code === 'ENOSPC' || error.code === 'EDQUOT'
    ? failure('store.diskFull', { file }, { isRetryable: true })
    : failure('store.writeFailed', { file, reason: error.code });
}

/** store.damaged: `place` says where in the file, for people; the parts stand beside it for programs. */
export const damaged = (file: string, place: string, parts: Failure['params'] = {}): Failure =>
  failure('store.damaged', { file, place, ...parts });

export const damagedAt = (file: string, offset: number): Failure =>
  damaged(file, `offset ${offset}`, { offset });

/** A file that is there and cannot be read. */
export function readFailure(error: unknown, file: string): Failure {
  if (!isSystemError(error)) throw error;
  return damaged(file, error.code);
}
