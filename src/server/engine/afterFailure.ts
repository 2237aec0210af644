import { isCounted, mayTryAgain } from '../../domain/attempts.ts';
import { type Failure, failure } from '../../domain/failure.ts';

/**
 * What a failed attempt means for its task and its run: whether it is counted (B27), and whether the same run
 * takes the device up again: below the attempts' limit (B23), or because the device was busy (B82, not counted).
 */
export function afterFailure(reason: Failure): {
  readonly counts: boolean;
  readonly again: 'counted' | 'busy' | null;
} {
  if (reason.code === 'installer.busy') return { counts: false, again: 'busy' };
  return { counts: isCounted(reason), again: mayTryAgain(reason) ? 'counted' : null };
}

/** B87: who asked; unknown after the server was started anew. */
export const cancelledBy = (user: string | null): Failure =>
  failure('run.cancelled', user === null ? {} : { user });
