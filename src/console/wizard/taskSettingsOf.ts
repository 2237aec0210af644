import type { TaskSettings } from '../../domain/model.ts';
import { shareOf } from '../../domain/share.ts';
import { includedAccounts } from './accountOrder.ts';
import { numberOf } from './numberRule.ts';
import type { WizardContext, WizardState } from './wizardState.ts';

const bytesPerKib = 1024;

/** The task's settings as the windows have them. Every number was checked when its window was left. */
export function taskSettingsOf(state: WizardState, { model }: WizardContext): TaskSettings {
  const { values } = state;
  const bandwidth = numberOf(values.bandwidth);
  return {
    delivery: {
      networkAgent: values.networkAgent,
      sharedFoldersServer: values.sharedFoldersServer,
      sharedFoldersDistributionPoints: values.sharedFoldersDistributionPoints,
    },
    attemptsLimit: numberOf(values.attemptsLimit)!,
    foreignDevices: values.foreignDevices,
    skipIfInstalled: values.skipIfInstalled,
    verifyPlatform: values.verifyPlatform,
    concurrency: numberOf(values.concurrency)!,
    bandwidthBytesPerSecond: bandwidth === null ? null : bandwidth * bytesPerKib,
    waveSize: shareOf(values.waveSize),
    stopAfterFailures: shareOf(values.stopAfterFailures),
    stopAfterUnreachable: shareOf(values.stopAfterUnreachable),
    restart: {
      kind: values.restartKind,
      message: values.restartMessage.trim(),
      repeatMinutes: numberOf(values.restartRepeat)!,
      automaticMinutes: numberOf(values.restartAutomatic)!,
      forceClose: values.forceClose,
    },
    accountIds:
      values.accountMode === 'none' ? [] : includedAccounts(state, model.accounts).map(({ id }) => id),
    // Not chosen only where every key is known already: nothing new will be accepted then.
    hostKeyPolicy: values.hostKeyPolicy || 'strict',
  };
}
