import { fail, type Result } from '../shared/result.ts';

/**
 * Every failure that a user can meet. Codes are stable and never reused; their words and what to do next
 * live in i18n only, keyed by code (locales/<language>/failures.ts).
 */
export const failureCodes = [
  // wrong usage or input
  'input.invalid',
  'input.notFound',
  'input.ambiguous',
  'input.fileUnreadable',
  'input.fileUnwritable',
  'input.nameTaken',
  'input.inUse',
  'input.confirmationMissing',
  'input.missing',
  'input.readOnly',
  'input.noAccount',
  'input.accountMissing',
  // server, store, protocol
  'server.unreachable',
  'server.locked',
  'server.startFailed',
  'server.versionMismatch',
  'server.stopping',
  'server.internal',
  'store.damaged',
  'store.newerVersion',
  'store.foreign',
  'store.diskFull',
  'store.writeFailed',
  'store.tailCut',
  'store.generationUsed',
  'store.journalMissing',
  'vault.locked',
  'vault.damaged',
  'protocol.malformed',
  // packages
  'package.unreadable',
  'package.truncated',
  'package.mislabelled',
  'package.unsupportedFormat',
  'package.unsafeContent',
  'package.tooLarge',
  'package.commandMissing',
  'package.settingsDiffer',
  'package.contentMissing',
  'package.contentDamaged',
  // accounts and keys
  'key.unreadable',
  'key.passphraseWrong',
  'key.passphraseMissing',
  'key.publicGivenAsPrivate',
  'key.pairMismatch',
  'key.unsupported',
  // licenses
  'license.expired',
  'license.exhausted',
  'license.mismatch',
  'license.keyVisible',
  // reaching a device
  'device.unreachable',
  'device.nameNotResolved',
  'device.refused',
  'device.timedOut',
  'device.noSshServer',
  'device.noCommonAlgorithm',
  'device.penalised',
  'device.connectionLost',
  'device.tooSlow',
  'device.jumpHostFailed',
  'hostKey.unknown',
  'hostKey.changed',
  'hostKey.revoked',
  'account.refused',
  'account.none',
  'account.lockoutGuard',
  'become.refused',
  'become.unanswered',
  'become.notPermitted',
  'become.missing',
  'become.needsTerminal',
  // checks before anything is touched
  'check.platformMismatch',
  'check.architectureMismatch',
  'check.alreadyInstalled',
  'check.diskFull',
  'check.readOnly',
  'check.toolMissing',
  'check.packageManagerBroken',
  'check.managedElsewhere',
  'check.probeFailed',
  // transfer
  'transfer.failed',
  'transfer.hashMismatch',
  'transfer.stalled',
  // installer
  'installer.exitCode',
  'installer.signal',
  'installer.timeout',
  'installer.busy',
  'installer.anotherVersion',
  'installer.startFailed',
  'installer.outcomeUnknown',
  'installer.interruptedByReboot',
  'installer.cancelled',
  'package.absentAfterInstall',
  'package.presentAfterTimeout',
  'package.presentAfterFailure',
  // restart
  'restart.notPermitted',
  'restart.didNotComeBack',
  'restart.didNotHappen',
  'restart.absentAfterRestart',
  // runs
  'attempts.exhausted',
  'attempts.allExhausted',
  'run.cancelled',
  'run.notStarted',
  'delivery.noMethod',
  'worker.crashed',
] as const;

export type FailureCode = (typeof failureCodes)[number];

export const stages = ['connect', 'check', 'transfer', 'install', 'restart', 'verify'] as const;
/** Where in an attempt something happened. */
export type Stage = (typeof stages)[number];

/** What went wrong, as data. No secret is ever a param; text from a device is sanitised where it is drawn. */
export interface Failure {
  readonly code: FailureCode;
  readonly params: Readonly<Record<string, string | number>>;
  readonly stage: Stage | null;
  /** True when the same attempt may work later without anybody changing anything. */
  readonly isRetryable: boolean;
}

export type Outcome<T> = Result<T, Failure>;

export function failure(
  code: FailureCode,
  params: Failure['params'] = {},
  more: { stage?: Stage; isRetryable?: boolean } = {},
): Failure {
  return { code, params, stage: more.stage ?? null, isRetryable: more.isRetryable ?? false };
}

/** Shorthand for a failed Result. */
export const failed = (...args: Parameters<typeof failure>) => fail(failure(...args));

/** Carries a Failure through code that can only throw (a library's callback, a promise chain). */
export class FailureError extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.code);
    this.name = 'FailureError';
    this.failure = failure;
  }
}
