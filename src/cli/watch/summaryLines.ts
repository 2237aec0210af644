import type { AttemptState } from '../../domain/attempt.ts';
import type { RemoteInstallationTask, Run, RunDevice } from '../../domain/model.ts';
import { sanitiseLine } from '../../shared/sanitise.ts';
import type { CommandContext } from '../program/context.ts';
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
  context: CommandContext,
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

function nextLines(
  { t, dataHint }: CommandContext,
  run: Run,
  devices: readonly RunDevice[],
  task: RemoteInstallationTask | undefined,
): string[] {
  const lines: string[] = [];
  const flags = Object.entries(retryFlags)
    // A pending restart is a success: nobody is urged to try it again.
    .filter(([, state]) => state !== 'restartPending' && devices.some((device) => device.state === state))
    .map(([flag]) => `--${flag}`);
  if (flags.length > 0)
    lines.push(
      '',
      `${t('cli.summary.retry')}:`,
      `  haifu run retry ${run.number} ${flags.join(' ')}${dataHint}`,
    );
  const limit = task?.settings.attemptsLimit ?? 0;
  const isExhausted = devices.some(
    ({ deviceId, state }) =>
      (state === 'failed' || state === 'notStarted') && (task?.attempts[deviceId]?.count ?? 0) >= limit,
  );
  if (task !== undefined && isExhausted)
    lines.push(
      `${t('cli.summary.exhausted', { limit })}:`,
      `  haifu task set ${task.number} --attempts ${Math.min(99, limit + 3)}${dataHint}`,
    );
  return lines;
}
