import { planOf } from '../../../packages/registry.ts';
import { runAttempt } from '../../attemptFlow.ts';
import type { DeliveryMethod } from '../../deliveryMethod.ts';
import { checkReadiness } from './readiness.ts';
import { createSshOpener } from './sshSession.ts';

/** B16: "OS tools" on Linux and macOS: everything over SSH, no agent needed. */
export const sshMethod: DeliveryMethod = {
  id: 'ssh',
  deliver: (order, reporter) =>
    runAttempt(
      order,
      reporter,
      planOf(order.installationPackage),
      createSshOpener({
        device: order.device,
        accounts: order.accounts,
        refusedAccountIds: order.refusedAccountIds,
        trust: order.trust,
        onHostKey: (key) => reporter.hostKeySeen(key),
        onAccount: (accountId, isAccepted) => reporter.accountTried(accountId, isAccepted),
      }),
    ),
  check: (order, signal) =>
    checkReadiness(
      order,
      order.installationPackage === null ? null : planOf(order.installationPackage),
      signal,
    ),
};
