import { failed, type Outcome } from '../domain/failure.ts';
import type { RestartOption, TaskSettings } from '../domain/model.ts';
import { longestRestartWaitMinutes } from '../domain/taskSettings.ts';
import type { Snapshot } from '../protocol/answers.ts';
import { ok } from '../shared/result.ts';
import { taskLicense } from './licenseOptions.ts';
import { findAccount, findAll } from './lookup.ts';
import { bandwidthOption, numberOption, shareOption } from './numberOption.ts';
import type { Options, Values } from './program/command.ts';

/** The wizard's windows 2, 4 and 5 as options: `install` and `task set` share them. */
export const taskOptions = {
  account: { type: 'string', multiple: true, value: 'A', summary: 'cli.task.option.account' },
  attempts: { type: 'string', value: 'N', summary: 'cli.task.option.attempts' },
  restart: {
    type: 'string',
    value: 'WHEN',
    choices: ['prompt', 'always', 'never'],
    summary: 'cli.task.option.restart',
  },
  'restart-message': { type: 'string', value: 'TEXT', summary: 'cli.task.option.restartMessage' },
  'restart-repeat': { type: 'string', value: 'MINUTES', summary: 'cli.task.option.restartRepeat' },
  'restart-after': { type: 'string', value: 'MINUTES', summary: 'cli.task.option.restartAfter' },
  'force-close': { type: 'boolean', summary: 'cli.task.option.forceClose' },
  concurrency: { type: 'string', value: 'N', summary: 'cli.task.option.concurrency' },
  bandwidth: { type: 'string', value: 'RATE', summary: 'cli.task.option.bandwidth' },
  'host-key': {
    type: 'string',
    value: 'POLICY',
    choices: ['strict', 'accept-new'],
    summary: 'cli.task.option.hostKey',
  },
  wave: { type: 'string', value: 'N|N%', summary: 'cli.task.option.wave' },
  'stop-after-failures': { type: 'string', value: 'N|N%', summary: 'cli.task.option.stopAfterFailures' },
  'stop-after-unreachable': {
    type: 'string',
    value: 'N|N%',
    summary: 'cli.task.option.stopAfterUnreachable',
  },
  license: { type: 'string', value: 'NAME|none', summary: 'cli.task.option.license' },
  reinstall: { type: 'boolean', summary: 'cli.task.option.reinstall' },
  'any-platform': { type: 'boolean', summary: 'cli.task.option.anyPlatform' },
  'only-managed-here': { type: 'boolean', summary: 'cli.task.option.onlyManagedHere' },
} as const satisfies Options;

type TaskValues = Values<typeof taskOptions>;
type Changes = { -readonly [K in keyof TaskSettings]?: TaskSettings[K] };

const restartKinds: Readonly<Record<string, RestartOption['kind']>> = {
  prompt: 'promptUser',
  always: 'restart',
  never: 'doNotRestart',
};

/** Options that are a whole number each: where it goes, and its bounds. */
const numbers = [
  ['attempts', 'attemptsLimit', 1, 99],
  ['concurrency', 'concurrency', 1, 1000],
] as const;

/** B90: numbers of devices, or percentages of a run's. */
const shares = [
  ['wave', 'waveSize'],
  ['stop-after-failures', 'stopAfterFailures'],
  ['stop-after-unreachable', 'stopAfterUnreachable'],
] as const;

/** The settings that the options change; `base` is what a part of the restart option is changed in. */
export function settingsChanges(
  snapshot: Snapshot,
  values: TaskValues,
  base: TaskSettings,
): Outcome<Partial<TaskSettings>> {
  const changes: Changes = {};
  for (const [option, field, min, max] of numbers) {
    const text = values[option];
    if (text === undefined) continue;
    const number = numberOption(option, text, min, max);
    if (!number.ok) return number;
    changes[field] = number.value;
  }
  for (const [option, field] of shares) {
    const text = values[option];
    if (text === undefined) continue;
    const share = shareOption(option, text);
    if (!share.ok) return share;
    changes[field] = share.value;
  }
  if (values.bandwidth !== undefined) {
    const rate = bandwidthOption('bandwidth', values.bandwidth);
    if (!rate.ok) return rate;
    changes.bandwidthBytesPerSecond = rate.value;
  }
  if (values.account.length > 0) {
    const accounts = findAll(
      values.account.flatMap((word) => word.split(',')),
      (word) => findAccount(snapshot, word),
    );
    if (!accounts.ok) return accounts;
    changes.accountIds = accounts.value.map(({ id }) => id);
  }
  const restart = restartChange(values, base.restart);
  if (!restart.ok) return restart;
  if (restart.value !== null) changes.restart = restart.value;
  if (values['host-key'] !== undefined)
    changes.hostKeyPolicy = values['host-key'] === 'strict' ? 'strict' : 'acceptNew';
  const license = taskLicense(snapshot, values.license);
  if (!license.ok) return license;
  if (license.value !== undefined) changes.license = license.value;
  if (values.reinstall) changes.skipIfInstalled = false;
  if (values['any-platform']) changes.verifyPlatform = false;
  if (values['only-managed-here']) changes.foreignDevices = 'onlyManagedHere';
  return ok(changes);
}

/** B39 to B43. Null: nothing was said. */
function restartChange(values: TaskValues, base: RestartOption): Outcome<RestartOption | null> {
  const repeat = values['restart-repeat'];
  const after = values['restart-after'];
  const repeatMinutes =
    repeat === undefined
      ? ok(base.repeatMinutes)
      : numberOption('restart-repeat', repeat, 1, longestRestartWaitMinutes);
  if (!repeatMinutes.ok) return repeatMinutes;
  const automaticMinutes =
    after === undefined
      ? ok(base.automaticMinutes)
      : numberOption('restart-after', after, 1, longestRestartWaitMinutes);
  if (!automaticMinutes.ok) return automaticMinutes;
  const message = values['restart-message'] ?? base.message;
  if (message.length > 1000)
    return failed('input.invalid', { field: '--restart-message', expected: 'messageLength' });
  const isChanged =
    values.restart !== undefined ||
    repeat !== undefined ||
    after !== undefined ||
    values['restart-message'] !== undefined ||
    values['force-close'];
  return ok(
    isChanged
      ? {
          kind: restartKinds[values.restart ?? ''] ?? base.kind,
          message,
          repeatMinutes: repeatMinutes.value,
          automaticMinutes: automaticMinutes.value,
          forceClose: values['force-close'] || base.forceClose,
        }
      : null,
  );
}
