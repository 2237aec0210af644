import { failed, type Outcome } from '../domain/failure.ts';
import type { RemoteProcess } from './remoteProcess.ts';

/** No script prints more than this as its answer; what comes after is dropped. */
const mostAnswerBytes = 1024 * 1024;

export interface Answer {
  readonly text: string;
  /** The script came to its own end: the text is all there is. A device that shuts down ends it by a signal. */
  readonly isWhole: boolean;
}

export interface AnswerWait {
  readonly silenceMs: number;
  /** Before this settles nothing is expected to be heard. */
  readonly after?: Promise<unknown>;
  /** Aborted: the answer is not wanted any more; the line stays. */
  readonly signal?: AbortSignal;
}

/** Collects what a running script prints until it ends; closes it when it is silent for too long. */
export function collectAnswer(process: RemoteProcess, wait: AnswerWait): Promise<Outcome<Answer>> {
  return new Promise((resolve) => {
    const stdout = boundedText(mostAnswerBytes);
    let timer: NodeJS.Timeout | undefined;
    let isOver = false;
    const onSilence = (): void => {
      settle(failed('device.timedOut', {}, { isRetryable: true }));
      process.close();
    };
    const listen = (): void => {
      clearTimeout(timer);
      if (!isOver) timer = setTimeout(onSilence, wait.silenceMs);
    };
    const onAbort = (): void => process.close();
    const settle = (outcome: Outcome<Answer>): void => {
      isOver = true;
      clearTimeout(timer);
      wait.signal?.removeEventListener('abort', onAbort);
      resolve(outcome);
    };
    wait.signal?.addEventListener('abort', onAbort, { once: true });
    process.onOutput(
      (chunk) => {
        if (timer !== undefined) listen();
        stdout.add(chunk);
      },
      () => {},
    );
    if (wait.after === undefined) listen();
    else void wait.after.then(listen);
    void process.ended.then((end) =>
      settle({ ok: true, value: { text: stdout.text(), isWhole: end.kind === 'code' } }),
    );
  });
}

function boundedText(mostBytes: number) {
  const chunks: Buffer[] = [];
  let bytes = 0;
  return {
    add(chunk: Buffer): void {
      if (bytes >= mostBytes) return;
      chunks.push(chunk.subarray(0, mostBytes - bytes));
      bytes += chunk.length;
    },
    text: (): string => Buffer.concat(chunks).toString('utf8'),
  };
}
