/** B80: the states of one device in one run, in the order of the work. */
export const attemptStates = [
  'waiting',
  'connecting',
  'checking',
  'transferring',
  'installing',
  'restarting',
  'verifying',
  'cancelling',
  'succeeded',
  'succeededWithWarning',
  'restartPending',
  'failed',
  'skipped',
  'unreachable',
  'cancelled',
  'notStarted',
] as const;
export type AttemptState = (typeof attemptStates)[number];

/** B39: restart pending is an end state of success. */
export const finalStates = [
  'succeeded',
  'succeededWithWarning',
  'restartPending',
  'failed',
  'skipped',
  'unreachable',
  'cancelled',
  'notStarted',
] as const satisfies readonly AttemptState[];
export type FinalState = (typeof finalStates)[number];

/**
 * The one transition table. `waiting` stands behind a working state where recovery or an automatic retry
 * (B23) queues the device again.
 */
const transitions: Record<AttemptState, readonly AttemptState[]> = {
  waiting: ['connecting', 'skipped', 'failed', 'cancelled', 'notStarted'],
  connecting: ['checking', 'failed', 'unreachable', 'cancelled', 'waiting'],
  checking: ['transferring', 'installing', 'skipped', 'failed', 'unreachable', 'cancelled', 'waiting'],
  transferring: ['installing', 'failed', 'unreachable', 'cancelled', 'waiting'],
  installing: ['restarting', 'verifying', 'failed', 'cancelling', 'waiting'],
  cancelling: [
    'restarting',
    'verifying',
    'failed',
    'cancelled',
    'succeeded',
    'succeededWithWarning',
    'restartPending',
  ],
  restarting: ['verifying', 'failed', 'restartPending', 'cancelling'],
  verifying: ['succeeded', 'succeededWithWarning', 'restartPending', 'failed', 'waiting', 'cancelling'],
  succeeded: [],
  succeededWithWarning: [],
  restartPending: [],
  failed: [],
  skipped: [],
  unreachable: [],
  cancelled: [],
  notStarted: [],
};

export const canTransition = (from: AttemptState, to: AttemptState): boolean =>
  transitions[from].includes(to);

export const isFinal = (state: AttemptState): state is FinalState => transitions[state].length === 0;

export const isSuccess = (state: AttemptState): boolean =>
  state === 'succeeded' || state === 'succeededWithWarning' || state === 'restartPending';

/** States in which the installer has been, or may have been, started: recovery must reattach (B83). */
export const isInstallerStarted = (state: AttemptState): boolean =>
  state === 'installing' || state === 'cancelling' || state === 'restarting' || state === 'verifying';

/**
 * States that take a place of the run's concurrency: a device that waits for its user's restart does not. A place is
 * given back with the verdict: the next device starts only once it is known whether the run shall stop (B90).
 */
export const occupiesSlot = (state: AttemptState): boolean =>
  state === 'connecting' ||
  state === 'checking' ||
  state === 'transferring' ||
  state === 'installing' ||
  state === 'verifying';
