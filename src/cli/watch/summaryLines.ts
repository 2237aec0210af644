import type { AttemptState } from '../../domain/attempt.ts';
import { isExhausted } from '../../domain/attempts.ts';
import type { RemoteInstallationTask, Run, RunDevice } from '../../domain/model.ts';
import { sanitiseLine } from '../../shared/sanitise.ts';
import type { ReportContext } from '../report/reportInput.ts';
import { foldByCause } from './causes.ts';

const mostNames = 8;

/** What a retry's flag takes (B88). */
export const retryFlags = {
  failed: 'failed',
  unreachable: 'unreachable',
  'not-started': 'notStarted',
  cancelled: 'cancelled',
  'restart-pending': 'restartPending',
} as const satisfies Record<string, AttemptState>;

/** The end of a run in words: counts, causes with what to do next, and the exact command for another try. */
export function summaryLines(
  context: ReportContext,
  run: Run,
  devices: readonly RunDevice[],
  task: RemoteInstallationTask | undefined,
): string[] {
  const { t } = context;
  const lines = [
    t('cli.summary.title', {
      number: run.number,
      task: sanitiseLine(run.taskName),
      state: t(`states.${run.state}`),
      count: devices.length,
    }),
  ];
  for (const { state, failure, devices: group } of foldByCause(devices)) {
    lines.push(`  ${t(`states.${state}`)}: ${group.length}`);
    if (failure === null) continue;
    const { message, next } = context.explain(failure);
    const names = group.slice(0, mostNames).map(({ name }) => sanitiseLine(name, 80));
    const more =
      group.length > mostNames ? ` ${t('cli.summary.more', { count: group.length - mostNames })}` : '';
    lines.push(`    ${message}`, `    → ${next}`, `    ${names.join(', ')}${more}`);
  }
  return [...lines, ...nextLines(context, run, devices, task)];
}

/** `--failed --unreachable`: the sets that these devices are in; empty: none has anything to try again. */
const flagsOf = (devices: readonly RunDevice[]): string =>
  Object.entries(retryFlags)
    // A pending restart is a success: nobody is urged to try it again.
    .filter(([, state]) => state !== 'restartPending' && devices.some((device) => device.state === state))
    .map(([flag]) => `--${flag}`)
    .join(' ');

/** What may be typed to try the rest again. B30: where the attempts are used up, only after their number is raised. */
function nextLines(
  { t, hint }: ReportContext,
  run: Run,
  devices: readonly RunDevice[],
  task: RemoteInstallationTask | undefined,
): string[] {
  const isSpent = ({ deviceId, state }: RunDevice) =>
    task !== undefined && (state === 'failed' || state === 'notStarted') && isExhausted(task, deviceId);
  const lines: string[] = [];
  const say = (title: string, words: readonly string[]) => {
    const hints = words.map(hint).filter((one) => one !== null);
    if (hints.length > 0) lines.push('', `${title}:`, ...hints.map((one) => `  ${one}`));
  };
  const flags = flagsOf(devices.filter((device) => !isSpent(device)));
  if (flags !== '') say(t('cli.summary.retry'), [`run retry ${run.number} ${flags}`]);
  const spent = devices.filter(isSpent);
  if (task !== undefined && spent.length > 0) {
    const limit = task.settings.attemptsLimit;
    say(t('cli.summary.exhausted', { count: spent.length, limit }), [
      `task set ${task.number} --attempts ${Math.min(99, limit + 3)}`,
      `run retry ${run.number} ${flagsOf(spent)}`,
    ]);
    if (lines.length > 0) lines.push(t('cli.summary.newTask'));
  }
  return lines;
}
