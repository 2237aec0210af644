import type { Outcome } from '../domain/failure.ts';
import type { CommandParams } from '../protocol/commands.ts';
import { ok } from '../shared/result.ts';
import type { Server } from './onServer.ts';
import { type ExitStatus, exitStatuses } from './program/command.ts';
import type { CommandContext } from './program/context.ts';
import { readinessLines, readinessShape } from './readinessTable.ts';

/** B91: what would happen to each device. Writes nothing to any of them; 1 when any is blocked. */
export async function showPlan(
  context: CommandContext,
  server: Server,
  order: CommandParams<'planTask'>,
): Promise<Outcome<ExitStatus>> {
  const answer = await server.call('planTask', order);
  if (!answer.ok) return answer;
  const now = await server.call('snapshot', {});
  if (!now.ok) return now;
  const { devices, accounts } = now.value.collections;
  const byId = new Map(devices.map((device) => [device.id, device]));
  const names = new Map(accounts.map(({ id, name }) => [id, name]));
  const { rows } = answer.value;
  context.output.json({ plan: rows.map((row) => readinessShape(context, row, byId)) });
  for (const line of readinessLines(context, rows, byId, names)) context.output.line(line);
  const count = (action: string) => rows.filter((row) => row.action === action).length;
  context.output.line('');
  context.output.line(
    context.t('cli.install.planned', {
      install: count('install'),
      skip: count('skip'),
      blocked: count('blocked'),
    }),
  );
  return ok(count('blocked') > 0 ? exitStatuses.incomplete : exitStatuses.good);
}
