import { type ChildProcess, fork } from 'node:child_process';
import type { Outcome } from '../../domain/failure.ts';
import { failed } from '../../domain/failure.ts';
import { assertNever } from '../../shared/assertNever.ts';
import { ok } from '../../shared/result.ts';
import type { ServerLog } from '../serverLog.ts';
import type { AttemptListener, DeliveryWorkers } from './deliveryWorkers.ts';
import type { FromWorker, ToWorker } from './messages.ts';
import { watchPulse } from './pulse.ts';
import { readWorkerMessage } from './workerMessages.ts';

type Checked = Awaited<ReturnType<DeliveryWorkers['check']>>;

/** How long a worker that was told to end may take. */
const endLimitMs = 5000;
const maxLoggedLine = 2000;

/** One child process and what it works on. Secrets reach it over its channel only (B101). */
export class WorkerProcess {
  readonly #child: ChildProcess;
  readonly #log: ServerLog;
  readonly #attempts = new Map<string, AttemptListener>();
  readonly #checks = new Map<number, (outcome: Checked) => void>();
  /** Messages for a worker that has not said `ready`. */
  #early: ToWorker[] | null = [];
  readonly #pulse: ReturnType<typeof watchPulse>;
  readonly exited: Promise<void>;

  constructor(program: string, log: ServerLog, pulseMs?: number) {
    this.#log = log;
    this.#pulse = watchPulse(
      () => this.#send({ type: 'areYouAlive' }),
      () => {
        log.error(`worker ${this.#child.pid} does not answer any more`);
        this.#child.kill('SIGKILL');
      },
      pulseMs,
    );
    this.#child = fork(program, [], {
      cwd: '/',
      env: workerEnvironment(process.env),
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#child.on('message', (message) => this.#receive(message));
    this.#child.on('error', (error) => log.error(`worker ${this.#child.pid}`, error));
    this.#logErrors();
    this.exited = new Promise((resolve) => {
      const done = () => {
        this.#lost();
        resolve();
      };
      this.#child.once('exit', (code, signal) => {
        if (code !== 0 || this.load > 0) log.error(`worker ${this.#child.pid} ended: ${signal ?? code}`);
        done();
      });
      // A process that never came to be has no `exit`.
      this.#child.once('error', () => {
        if (this.#child.pid === undefined) done();
      });
    });
  }

  /** Attempts and checks that it has in hand. */
  get load(): number {
    return this.#attempts.size + this.#checks.size;
  }

  deliver(message: Extract<ToWorker, { type: 'deliver' }>, listener: AttemptListener): void {
    this.#attempts.set(message.order.attemptId, listener);
    this.#send(message);
  }

  cancel(message: Extract<ToWorker, { type: 'cancel' }>): void {
    if (this.#attempts.has(message.attemptId)) this.#send(message);
  }

  check(message: Extract<ToWorker, { type: 'check' }>): Promise<Checked> {
    return new Promise((resolve) => {
      this.#checks.set(message.requestId, resolve);
      this.#send(message);
    });
  }

  /** Asks it to end, and makes it end. Its attempts are told nothing any more. */
  async end(): Promise<void> {
    this.#attempts.clear();
    this.#send({ type: 'end' });
    const limit = setTimeout(() => this.#child.kill('SIGKILL'), endLimitMs);
    await this.exited;
    clearTimeout(limit);
  }

  #send(message: ToWorker): void {
    if (this.#early) {
      this.#early.push(message);
      if (message.type === 'end') this.#child.kill();
      return;
    }
    // A failed send means a dead worker: `exit` says the rest.
    if (this.#child.connected) this.#child.send(message, () => {});
  }

  #receive(raw: unknown): void {
    this.#pulse.heard();
    const message = readWorkerMessage(raw);
    if (message === null) {
      this.#log.error(`worker ${this.#child.pid} said something that is no message`);
      this.#child.kill('SIGKILL');
      return;
    }
    if (message.type === 'ready') {
      const early = this.#early ?? [];
      this.#early = null;
      this.#pulse.begin();
      for (const one of early) this.#send(one);
    } else if (message.type === 'checked') {
      const resolve = this.#checks.get(message.requestId);
      this.#checks.delete(message.requestId);
      resolve?.(ok({ report: message.report, hostKeys: message.hostKeys }));
    } else if (message.type !== 'alive') this.#tell(message);
  }

  #tell(message: Exclude<FromWorker, { type: 'ready' | 'alive' | 'checked' }>): void {
    const listener = this.#attempts.get(message.attemptId);
    if (!listener) return;
    const acknowledge = (number: number) => () => this.#send({ type: 'acknowledge', number });
    switch (message.type) {
      case 'transition':
        void listener.transition(message.transition).then(acknowledge(message.number));
        break;
      case 'hostKey':
        void listener.hostKeySeen(message.key).then(acknowledge(message.number));
        break;
      case 'rootPassword':
        void listener.rootPasswordSent().then(acknowledge(message.number));
        break;
      case 'progress':
        listener.progress(message.sentBytes, message.totalBytes);
        break;
      case 'activity':
        listener.activity(message.activity);
        break;
      case 'log':
        listener.log(message.text);
        break;
      case 'accountTried':
        listener.accountTried(message.accountId, message.isAccepted);
        break;
      case 'delivered':
        this.#attempts.delete(message.attemptId);
        listener.ended('delivered');
        break;
      default:
        assertNever(message);
    }
  }

  #lost(): void {
    this.#pulse.end();
    const listeners = [...this.#attempts.values()];
    this.#attempts.clear();
    for (const listener of listeners) listener.ended('crashed');
    const checks: ((outcome: Outcome<never>) => void)[] = [...this.#checks.values()];
    this.#checks.clear();
    for (const resolve of checks) resolve(failed('worker.crashed', {}, { isRetryable: true }));
  }

  #logErrors(): void {
    let rest = '';
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = (lines.pop() ?? '').slice(0, maxLoggedLine);
      for (const line of lines) this.#log.error(`worker ${this.#child.pid}: ${line.slice(0, maxLoggedLine)}`);
    });
  }
}

/** B101: a worker inherits nothing that it does not need. */
function workerEnvironment(environment: NodeJS.ProcessEnv): Record<string, string> {
  const kept = ['PATH', 'HOME', 'LANG', 'SSH_AUTH_SOCK'];
  return Object.fromEntries(
    kept.flatMap((name) => (environment[name] === undefined ? [] : [[name, environment[name]] as const])),
  );
}
