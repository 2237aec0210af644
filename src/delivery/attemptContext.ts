import { type AttemptState, canTransition, type FinalState } from '../domain/attempt.ts';
import { type Failure, failure } from '../domain/failure.ts';
import type { InstallPlan } from '../packages/packageFormat.ts';
import type { AttemptOrder, AttemptReporter, Transition } from './deliveryMethod.ts';
import type { SessionOpener } from './deviceSession.ts';
import { createLogTail, type LogTail } from './logTail.ts';
import { createSessionKeeper, type SessionKeeper } from './sessionKeeper.ts';

/** How an attempt ends: the last transition. */
export interface AttemptEnd {
  readonly state: FinalState;
  readonly failure: Failure | null;
  /** The package's content on the device is of no use any more. */
  readonly isContentDone: boolean;
}

export const attemptEnd = (
  state: AttemptEnd['state'],
  reason: Failure | null,
  isContentDone = false,
): AttemptEnd => ({ state, failure: reason, isContentDone });

export const cancelledEnd = (): AttemptEnd => attemptEnd('cancelled', failure('run.cancelled'), true);

/** What the stages of one attempt share. */
export interface AttemptContext {
  readonly order: AttemptOrder;
  readonly reporter: AttemptReporter;
  readonly plan: InstallPlan;
  readonly keeper: SessionKeeper;
  readonly tail: LogTail;
  /** Never aborted: for what must be brought to its end although the run is cancelled. */
  readonly never: AbortSignal;
  state: AttemptState;
  /** Something of ours may be on the device. */
  hasTraces: boolean;
  /** The password of sudo, doas or su was guessed in vain: there is no second guess, also not to clean up (B50). */
  isRootRefused: boolean;
  uploadFolder: string | null;
  bootId: string | null;
  wasPresent: boolean;
  /** Facts to send along with the next transition. */
  facts: NonNullable<Transition['facts']> | null;
}

export function createAttemptContext(
  order: AttemptOrder,
  reporter: AttemptReporter,
  plan: InstallPlan,
  opener: SessionOpener,
): AttemptContext {
  const context: AttemptContext = {
    order,
    reporter,
    plan,
    keeper: createSessionKeeper(opener, (isReconnecting) => {
      const absent = context.state === 'restarting' ? 'waitingForReboot' : 'reconnecting';
      reporter.activity(isReconnecting ? absent : null);
    }),
    tail: createLogTail(),
    never: new AbortController().signal,
    state: order.resume?.state ?? 'waiting',
    hasTraces: order.resume !== null,
    isRootRefused: false,
    uploadFolder: null,
    bootId: order.resume?.bootIdBeforeRestart ?? null,
    wasPresent: order.resume?.wasPresent ?? false,
    facts: null,
  };
  return context;
}

/**
 * Journals a step and waits until it is durable. A recovered attempt passes again through what lies behind it
 * without saying so: the transition table has no way back.
 */
export async function moveTo(
  context: AttemptContext,
  state: AttemptState,
  more: Omit<Transition, 'state' | 'facts'> = {},
): Promise<void> {
  if (state === context.state || !canTransition(context.state, state)) return;
  context.state = state;
  const { facts } = context;
  context.facts = null;
  await context.reporter.transition({ state, ...more, ...(facts === null ? {} : { facts }) });
}
