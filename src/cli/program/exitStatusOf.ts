import type { Failure } from '../../domain/failure.ts';
import { type ExitStatus, exitStatuses } from './command.ts';

const byArea: Readonly<Record<string, ExitStatus>> = {
  input: exitStatuses.usage,
  package: exitStatuses.usage,
  key: exitStatuses.usage,
  server: exitStatuses.server,
  store: exitStatuses.server,
  vault: exitStatuses.server,
  protocol: exitStatuses.server,
  hostKey: exitStatuses.refused,
  account: exitStatuses.refused,
  license: exitStatuses.refused,
  become: exitStatuses.refused,
};

/** What the shell is told when a command itself, not one of its devices, has failed. */
export function exitStatusOf({ code }: Failure): ExitStatus {
  if (code === 'input.confirmationMissing') return exitStatuses.refused;
  return byArea[code.slice(0, code.indexOf('.'))] ?? exitStatuses.incomplete;
}
