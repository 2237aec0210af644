import type { TaskSettings } from '../../domain/model.ts';
import { shareOf } from '../../domain/share.ts';
import { includedAccounts } from './accountOrder.ts';
import { taskLicenseOf } from './licenseChoice.ts';
import { numberOf } from './numberRule.ts';
import type { WizardContext, WizardState } from './wizardState.ts';
import { valuesOf } from './wizardValues.ts';

const bytesPerKib = 1024;

/** A limit that is no whole number of KiB stays as it is until it is edited. */
function bandwidthOf({ values, base }: WizardState): number | null {
  const before = base?.task.settings;
  if (before !== undefined && values.bandwidth === valuesOf(before).bandwidth)
    return before.bandwidthBytesPerSecond;
  const bandwidth = numberOf(values.bandwidth);
  return bandwidth === null ? null : bandwidth * bytesPerKib;
}

/** The task's settings as the windows have them. Every number was checked when its window was left. */
export function taskSettingsOf(state: WizardState, context: WizardContext): TaskSettings {
  const { values } = state;
  const { model } = context;
  const license = taskLicenseOf(state, context);
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
    bandwidthBytesPerSecond: bandwidthOf(state),
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
    ...(license !== undefined && { license }),
  };
}
