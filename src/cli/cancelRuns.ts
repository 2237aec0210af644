import type { Outcome } from '../domain/failure.ts';
import type { Run } from '../domain/model.ts';
import { ok } from '../shared/result.ts';
import type { Server } from './onServer.ts';
import { type ExitStatus, exitStatuses, type Options } from './program/command.ts';
import type { CommandContext } from './program/context.ts';

/** B87: by default an installer that runs is left to finish. */
export const killOption = {
  kill: { type: 'boolean', summary: 'cli.run.option.kill' },
} as const satisfies Options;

export async function cancelRuns(
  context: CommandContext,
  server: Server,
  runs: readonly Run[],
  deviceIds: string[] | null,
  isKilling: boolean,
): Promise<Outcome<ExitStatus>> {
  const live = runs.filter(({ state }) => state === 'running' || state === 'cancelling');
  for (const { id } of live) {
    const answer = await server.call('cancelRun', {
      runId: id,
      deviceIds,
      installers: isKilling ? 'kill' : 'leave',
    });
    if (!answer.ok) return answer;
  }
  context.output.json({ cancelled: live.map(({ id }) => id) });
  const { t, output } = context;
  output.line(live.length === 0 ? t('cli.run.noneToCancel') : t('cli.run.cancelled', { count: live.length }));
  return ok(exitStatuses.good);
}
