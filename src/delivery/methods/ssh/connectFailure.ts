import { type Failure, type FailureCode, failure } from '../../../domain/failure.ts';

/** What is known when a connection could not be made or broke: the input of `connectFailure`. */
export interface ConnectionTrouble {
  readonly address: string;
  readonly port: number;
  /** The error of the socket or of ssh2, if there was one: a connection can end without any. */
  readonly error: Error | null;
  /** What the server sent before it identified itself, as text: at most a few hundred bytes. */
  readonly greeting: string;
  readonly isTcpConnected: boolean;
  readonly isIdentified: boolean;
}

const codesOfErrno: Readonly<Record<string, FailureCode>> = {
  ENOTFOUND: 'device.nameNotResolved',
  EAI_AGAIN: 'device.nameNotResolved',
  EAI_FAIL: 'device.nameNotResolved',
  ECONNREFUSED: 'device.refused',
  ETIMEDOUT: 'device.timedOut',
  ECONNRESET: 'device.connectionLost',
  EPIPE: 'device.connectionLost',
};

/** sshd(8) writes these instead of its identification: PerSourcePenalties and MaxStartups. */
const penaltyWords = /Not allowed at this time|Exceeded MaxStartups/;
const noCommonAlgorithm = /no matching (.+)$/;

/** Lower levels throw strings, numbers (DISCONNECT reasons) and errno names as `code`. */
function errnoOf(error: Error | null): string {
  if (error instanceof AggregateError) return errnoOf(error.errors[0] ?? null);
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}

/** The one place that reads ssh2's and sshd's words to find out why a device was not reached. */
export function connectFailure(trouble: ConnectionTrouble): Failure {
  const { address, port, error, greeting } = trouble;
  const make = (code: FailureCode, params: Failure['params'] = {}, isRetryable = true) =>
    failure(code, { address, port, ...params }, { stage: 'connect', isRetryable });

  if (!trouble.isTcpConnected) return make(codesOfErrno[errnoOf(error)] ?? 'device.unreachable');
  if (penaltyWords.test(greeting)) return make('device.penalised');
  const mismatch = noCommonAlgorithm.exec(error?.message ?? '');
  if (mismatch) return make('device.noCommonAlgorithm', { kind: mismatch[1] ?? '' }, false);
  if (!trouble.isIdentified && (greeting !== '' || isTimeout(error))) return make('device.noSshServer');
  if (isTimeout(error)) return make('device.timedOut');
  return make('device.connectionLost');
}

const isTimeout = (error: Error | null): boolean =>
  errnoOf(error) === 'ETIMEDOUT' || /^Timed out|^Keepalive timeout/.test(error?.message ?? '');
