import type { RemoteInstallationTask, RestartOption, TaskSettings } from '../../domain/model.ts';
import type { Translate } from '../../i18n/translate.ts';
import type { Snapshot } from '../../protocol/answers.ts';
import { dateText } from '../../shared/localTime.ts';
import { groupPathOf, packageLabelOf } from '../lookup.ts';
import { type Field, fieldLines } from './fieldLines.ts';

/** All about a task; its settings stand under the options of `task set`. */
export function taskFieldLines(t: Translate, snapshot: Snapshot, task: RemoteInstallationTask): string[] {
  const { collections } = snapshot;
  const devices = new Map(collections.devices.map(({ id, name }) => [id, name]));
  const accounts = new Map(collections.accounts.map(({ id, name }) => [id, name]));
  const { targets, attempts, settings } = task;
  const counted = Object.entries(attempts).map(([id, { count }]) => `${devices.get(id) ?? id} ${count}`);
  return fieldLines([
    ['#', task.number],
    [t('cli.column.name'), task.name],
    [t('cli.column.package'), packageLabelOf(snapshot, task)],
    [
      t('cli.column.targets'),
      targets.kind === 'group'
        ? groupPathOf(collections.groups, targets.groupId)
        : targets.deviceIds.map((id) => devices.get(id) ?? id).join(', '),
    ],
    [t('cli.column.failedAttempts'), counted.join(', ')],
    [t('cli.column.createdAt'), `${dateText(task.createdAt)} ${task.createdBy}`],
    [t('cli.column.id'), task.id],
    ...settingFields(
      t,
      settings,
      settings.accountIds.map((id) => accounts.get(id) ?? id).join(', '),
      licenseWord(snapshot, settings),
    ),
  ]);
}

const restartWords: Readonly<Record<RestartOption['kind'], string>> = {
  promptUser: 'prompt',
  restart: 'always',
  doNotRestart: 'never',
};

/** As `--license` takes it; null: the package's own, if it has one. */
function licenseWord({ collections }: Snapshot, { license }: TaskSettings): string | null {
  if (license === undefined || license.kind === 'ofPackage') return null;
  if (license.kind === 'none') return license.kind;
  return collections.licenses.find(({ id }) => id === license.licenseId)?.name ?? license.licenseId;
}

function settingFields(
  t: Translate,
  settings: TaskSettings,
  accounts: string,
  license: string | null,
): Field[] {
  const { restart } = settings;
  const yesNo = (isSo: boolean) => t(isSo ? 'cli.yes' : 'cli.no');
  const prompt: Field[] = [
    ['--restart-message', restart.message],
    ['--restart-repeat', restart.repeatMinutes],
    ['--restart-after', restart.automaticMinutes],
  ];
  return [
    ['--account', accounts],
    ['--attempts', settings.attemptsLimit],
    ['--restart', restartWords[restart.kind]],
    ...(restart.kind === 'promptUser' ? prompt : []),
    ['--force-close', yesNo(restart.forceClose)],
    ['--concurrency', settings.concurrency],
    ['--bandwidth', settings.bandwidthBytesPerSecond],
    ['--license', license],
    ['--host-key', settings.hostKeyPolicy === 'strict' ? 'strict' : 'accept-new'],
    ['--wave', settings.waveSize],
    ['--stop-after-failures', settings.stopAfterFailures],
    ['--stop-after-unreachable', settings.stopAfterUnreachable],
    ['--reinstall', yesNo(!settings.skipIfInstalled)],
    ['--any-platform', yesNo(!settings.verifyPlatform)],
    ['--only-managed-here', yesNo(settings.foreignDevices === 'onlyManagedHere')],
  ];
}
