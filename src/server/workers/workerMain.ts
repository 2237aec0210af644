import type { DeliveryMethod } from '../../delivery/deliveryMethod.ts';
import { failure } from '../../domain/failure.ts';
import { assertNever } from '../../shared/assertNever.ts';
import { type AttemptReports, createAcknowledgements, createAttemptReports } from './attemptReports.ts';
import type { FromWorker, ToWorker } from './messages.ts';

/** The worker's way to the server that made it. */
export interface WorkerChannel {
  send(message: FromWorker): void;
  /** The server has asked for the end. */
  end(): void;
  /** A defect, with no word of what was worked on: an error's text can hold a secret (B101). */
  crash(error: unknown): void;
}

/** Runs the orders of a server. Returns the receiver of its messages. */
export function runWorker(
  channel: WorkerChannel,
  method: (id: string) => DeliveryMethod | null,
): (message: ToWorker) => void {
  const acknowledgements = createAcknowledgements((message) => channel.send(message));
  const attempts = new Map<string, AttemptReports>();
  const never = new AbortController().signal;

  const deliver = async ({ method: id, order }: Extract<ToWorker, { type: 'deliver' }>): Promise<void> => {
    const { attemptId } = order;
    const reports = createAttemptReports(attemptId, (message) => channel.send(message), acknowledgements);
    attempts.set(attemptId, reports);
    const found = method(id);
    if (found === null) {
      await reports.transition({ state: 'failed', failure: failure('delivery.noMethod') });
    } else await found.deliver(order, reports);
    reports.flush();
    attempts.delete(attemptId);
    channel.send({ type: 'delivered', attemptId });
  };

  const check = async ({ method: id, order, requestId }: Extract<ToWorker, { type: 'check' }>) => {
    const found = method(id);
    if (found === null) throw new Error('check with a method that this worker does not have');
    channel.send({ type: 'checked', requestId, ...(await found.check(order, never)) });
  };

  return (message) => {
    switch (message.type) {
      case 'deliver':
        void deliver(message).catch((error) => channel.crash(error));
        break;
      case 'check':
        void check(message).catch((error) => channel.crash(error));
        break;
      case 'cancel':
        attempts.get(message.attemptId)?.cancel(message.request);
        break;
      case 'acknowledge':
        acknowledgements.acknowledge(message.number);
        break;
      case 'areYouAlive':
        channel.send({ type: 'alive' });
        break;
      case 'end':
        channel.end();
        break;
      default:
        assertNever(message);
    }
  };
}
