import { connect, type Socket } from 'node:net';
import type { Outcome } from '../../../domain/failure.ts';
import { fail, ok } from '../../../shared/result.ts';
import { collectWrites } from './collectWrites.ts';
import { connectFailure } from './connectFailure.ts';

/** Opens a TCP connection without Nagle's delay (B5: 45 ms a round trip with it). Settles once. */
export function dial(
  address: string,
  port: number,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Outcome<Socket>> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port, noDelay: true });
    const settle = (outcome: Outcome<Socket>): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      socket.removeAllListeners();
      // A late error of a socket that nobody wants any more must not end the worker.
      socket.on('error', () => {});
      if (!outcome.ok) socket.destroy();
      resolve(outcome);
    };
    const refuse = (error: Error | null): void =>
      settle(
        fail(
          connectFailure({ address, port, error, greeting: '', isTcpConnected: false, isIdentified: false }),
        ),
      );
    const onAbort = (): void => refuse(null);
    const timer = setTimeout(
      () => refuse(Object.assign(new Error('timed out'), { code: 'ETIMEDOUT' })),
      timeoutMs,
    );
    socket.once('connect', () => settle(ok(collectWrites(socket))));
    socket.once('error', refuse);
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
}
