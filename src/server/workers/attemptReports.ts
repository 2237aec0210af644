import type { AttemptReporter, CancelRequest } from '../../delivery/deliveryMethod.ts';
import type { FromWorker } from './messages.ts';

/** Ten times a second is more than anybody sees. */
const progressEveryMs = 100;
const logEveryMs = 50;
const mostLogInHand = 64 * 1024;

/** Numbers the messages that are acknowledged once they are durable. */
export interface Acknowledgements {
  /** Sends the message with its number; resolves when the server has acknowledged it. */
  send(message: (number: number) => FromWorker): Promise<void>;
  acknowledge(number: number): void;
}

export function createAcknowledgements(send: (message: FromWorker) => void): Acknowledgements {
  const waiting = new Map<number, () => void>();
  let last = 0;
  return {
    send: (message) =>
      new Promise((resolve) => {
        const number = ++last;
        waiting.set(number, resolve);
        send(message(number));
      }),
    acknowledge(number) {
      waiting.get(number)?.();
      waiting.delete(number);
    },
  };
}

export interface AttemptReports extends AttemptReporter {
  cancel(request: CancelRequest): void;
  /** What is held back goes out now: called before the attempt is said to be over. */
  flush(): void;
}

/**
 * One attempt's reporter over the worker's channel. Progress is thinned and log text gathered; a transition sends
 * both ahead of itself, so that the server never reads them after the step that they belong to.
 */
export function createAttemptReports(
  attemptId: string,
  send: (message: FromWorker) => void,
  acknowledgements: Acknowledgements,
): AttemptReports {
  const cancelled = new AbortController();
  const killed = new AbortController();
  let progress: { sentBytes: number; totalBytes: number } | null = null;
  let progressTimer: NodeJS.Timeout | null = null;
  let log: string[] = [];
  let logLength = 0;
  let logTimer: NodeJS.Timeout | null = null;

  const sendProgress = (): void => {
    if (progress !== null) send({ type: 'progress', attemptId, ...progress });
    progress = null;
  };
  const sendLog = (): void => {
    if (logTimer !== null) clearTimeout(logTimer);
    logTimer = null;
    if (logLength > 0) send({ type: 'log', attemptId, text: log.join('') });
    log = [];
    logLength = 0;
  };
  const flush = (): void => {
    sendProgress();
    sendLog();
  };

  return {
    signal: cancelled.signal,
    killSignal: killed.signal,
    flush,
    cancel(request) {
      cancelled.abort();
      if (request === 'kill') killed.abort();
    },
    transition(transition) {
      flush();
      return acknowledgements.send((number) => ({ type: 'transition', number, attemptId, transition }));
    },
    rootPasswordSent: () => acknowledgements.send((number) => ({ type: 'rootPassword', number, attemptId })),
    hostKeySeen: (key) => acknowledgements.send((number) => ({ type: 'hostKey', number, attemptId, key })),
    progress(sentBytes, totalBytes) {
      progress = { sentBytes, totalBytes };
      if (progressTimer !== null) return;
      sendProgress();
      progressTimer = setTimeout(() => {
        progressTimer = null;
        sendProgress();
      }, progressEveryMs);
    },
    activity: (activity) => send({ type: 'activity', attemptId, activity }),
    log(text) {
      log.push(text);
      logLength += text.length;
      if (logLength >= mostLogInHand) sendLog();
      else logTimer ??= setTimeout(sendLog, logEveryMs);
    },
    accountTried: (accountId, isAccepted) => send({ type: 'accountTried', attemptId, accountId, isAccepted }),
  };
}
