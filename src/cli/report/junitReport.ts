import { isFinal, isSuccess } from '../../domain/attempt.ts';
import type { RunDevice } from '../../domain/model.ts';
import { escapeMarkup } from './markup.ts';
import { type ReportInput, secondsOf } from './reportInput.ts';

/**
 * JUnit XML as continuous integration reads it (https://github.com/testmoapp/junitxml): a test case a device. What
 * never started or was skipped is `skipped`; whatever else did not succeed is a `failure`.
 */
export function junitReport({ context, run, devices }: ReportInput): string {
  const isSkipped = ({ state }: RunDevice) =>
    state === 'skipped' || state === 'notStarted' || !isFinal(state);
  const isFailure = (device: RunDevice) => !isSuccess(device.state) && !isSkipped(device);
  const suite = escapeMarkup(run.taskName);
  const testCase = (device: RunDevice): string => {
    const explained = device.failure === null ? null : context.explain(device.failure);
    const message = escapeMarkup(explained?.message ?? context.t(`states.${device.state}`));
    const next = escapeMarkup(explained?.next ?? '');
    const open = `    <testcase name="${escapeMarkup(device.name)}" classname="${suite}" time="${secondsOf(device) ?? 0}"`;
    if (isFailure(device))
      return `${open}>\n      <failure type="${device.failure?.code ?? device.state}" message="${message}">${next}</failure>\n    </testcase>`;
    if (isSkipped(device)) return `${open}>\n      <skipped message="${message}"/>\n    </testcase>`;
    return `${open}/>`;
  };
  const figures = `tests="${devices.length}" failures="${devices.filter(isFailure).length}" errors="0" skipped="${devices.filter(isSkipped).length}" time="${secondsOf(run) ?? 0}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${figures}>`,
    `  <testsuite name="${suite}" timestamp="${run.startedAt}" ${figures}>`,
    ...devices.map(testCase),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}
