import { failure } from '../../../domain/failure.ts';
import { formatOf } from '../../../packages/registry.ts';
import { runAttempt } from '../../attemptFlow.ts';
import type { DeliveryMethod } from '../../deliveryMethod.ts';
import { checkReadiness } from './readiness.ts';
import { createSshOpener } from './sshSession.ts';

/** B16: "OS tools" on Linux and macOS: everything over SSH, no agent needed. */
export const sshMethod: DeliveryMethod = {
  id: 'ssh',
  async deliver(order, reporter) {
    const { installationPackage } = order;
    const format = formatOf(installationPackage.format);
    if (format === null) {
      const { fileName } = installationPackage.content;
      const reason = failure('package.unsupportedFormat', { fileName }, { stage: 'check' });
      return reporter.transition({ state: 'failed', failure: reason });
    }
    const opener = createSshOpener({
      device: order.device,
      accounts: order.accounts,
      refusedAccountIds: order.refusedAccountIds,
      trust: order.trust,
      onHostKey: (key) => reporter.hostKeySeen(key),
      onAccount: (accountId, isAccepted) => reporter.accountTried(accountId, isAccepted),
      rootPassword: order.rootPassword,
      onRootPassword: () => reporter.rootPasswordSent(),
    });
    return runAttempt(order, reporter, format.plan(installationPackage), opener);
  },
  check(order, signal) {
    const wanted = order.installationPackage;
    const plan = wanted === null ? null : (formatOf(wanted.format)?.plan(wanted) ?? null);
    return checkReadiness(order, plan, signal);
  },
};
