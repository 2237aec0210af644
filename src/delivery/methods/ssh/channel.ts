import type { ClientChannel, PseudoTtyOptions } from 'ssh2';
import type { Outcome } from '../../../domain/failure.ts';
import { ok } from '../../../shared/result.ts';
import type { ProcessEnd, RemoteProcess } from '../../remoteProcess.ts';
import { type Line, lineLost } from './line.ts';

/** How long output may follow an exit status: a background child can hold the streams open for ever. */
const afterExitMs = 2000;
const openTimeoutMs = 30_000;
/** Of what is said before the first `onOutput`. */
const mostEarlyBytes = 65_536;

/**
 * Starts a command on an exec channel. Both outputs are always drained (an unread one blocks the other, they
 * share a window) and the end is one of code, signal, unknown: a lost line brings no exit status.
 */
export function openProcess(
  line: Line,
  command: string,
  pty: PseudoTtyOptions | null = null,
): Promise<Outcome<RemoteProcess>> {
  const { client, closed } = line;
  return new Promise((resolve) => {
    const settle = (outcome: Outcome<RemoteProcess>): void => {
      clearTimeout(timer);
      closed.removeEventListener('abort', onClosed);
      resolve(outcome);
    };
    const onClosed = (): void => settle(lineLost(line));
    const timer = setTimeout(onClosed, openTimeoutMs);
    closed.addEventListener('abort', onClosed, { once: true });
    if (closed.aborted) return onClosed();
    try {
      client.exec(command, pty === null ? {} : { pty }, (error, channel) => {
        if (error) settle(lineLost(line));
        else settle(ok(asProcess(channel, closed)));
      });
    } catch {
      // ssh2 throws when the socket is gone already.
      onClosed();
    }
  });
}

function asProcess(channel: ClientChannel, closed: AbortSignal): RemoteProcess {
  // A question can arrive in one packet with the channel's confirmation, before anybody has asked for the output.
  const early: (() => void)[] = [];
  let earlyBytes = 0;
  const keep = (chunk: Buffer, deliver: () => void): void => {
    if (earlyBytes >= mostEarlyBytes) return;
    earlyBytes += chunk.length;
    early.push(deliver);
  };
  let onStdout: (chunk: Buffer) => void = (chunk) => keep(chunk, () => onStdout(chunk));
  let onStderr: (chunk: Buffer) => void = (chunk) => keep(chunk, () => onStderr(chunk));
  const { promise: ended, resolve: settleEnd } = Promise.withResolvers<ProcessEnd>();
  let end: ProcessEnd = { kind: 'unknown' };
  let isOver = false;
  let open = 2;
  const waitingWrites = new Set<(isWritten: boolean) => void>();

  const finish = (): void => {
    if (isOver) return;
    isOver = true;
    closed.removeEventListener('abort', finish);
    for (const settle of waitingWrites) settle(false);
    settleEnd(end);
  };
  let isClosed = false;
  const finishWhenDrained = (): void => {
    // B12: `close` does not wait for stderr.
    if (isClosed && open === 0) finish();
  };
  const onStreamEnd = (): void => {
    open--;
    finishWhenDrained();
  };

  channel.on('data', (chunk: Buffer) => onStdout(chunk));
  channel.stderr.on('data', (chunk: Buffer) => onStderr(chunk));
  channel.once('end', onStreamEnd);
  channel.stderr.once('end', onStreamEnd);
  channel.on('error', () => {});
  channel.stderr.on('error', () => {});
  channel.once('exit', (code: number | null, signal?: string) => {
    end =
      typeof code === 'number'
        ? { kind: 'code', code }
        : signal === undefined
          ? { kind: 'unknown' }
          : { kind: 'signal', signal };
    setTimeout(finish, afterExitMs).unref();
  });
  channel.once('close', () => {
    isClosed = true;
    finishWhenDrained();
  });
  closed.addEventListener('abort', finish, { once: true });

  return {
    onOutput: (stdout, stderr) => {
      onStdout = stdout;
      onStderr = stderr;
      for (const deliver of early.splice(0)) deliver();
    },
    write: (chunk) =>
      new Promise((resolve) => {
        if (isOver || !channel.writable) return resolve(false);
        const settle = (isWritten: boolean): void => {
          waitingWrites.delete(settle);
          resolve(isWritten);
        };
        // On a dead channel ssh2 never calls back.
        waitingWrites.add(settle);
        channel.write(chunk, (error) => settle(!error));
      }),
    endInput: () => {
      if (!isOver) channel.end();
    },
    ended,
    close: () => {
      channel.close();
      setTimeout(finish, afterExitMs).unref();
    },
  };
}
