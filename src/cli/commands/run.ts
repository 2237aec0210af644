import { failed } from '../../domain/failure.ts';
import type { Run } from '../../domain/model.ts';
import { dateText } from '../../shared/localTime.ts';
import { ok } from '../../shared/result.ts';
import { cancelRuns, killOption } from '../cancelRuns.ts';
import { findAll, findDevice, findRun } from '../lookup.ts';
import { missing } from '../missing.ts';
import { onServer } from '../onServer.ts';
import { type Command, defineCommand, exitStatuses } from '../program/command.ts';
import { showLog } from '../showLog.ts';
import { leaveRun } from '../startTask.ts';
import { printTable } from '../table.ts';
import { deviceReasonLine } from '../watch/deviceLine.ts';
import { runShape } from '../watch/runShape.ts';
import { stateCountsText } from '../watch/stateCounts.ts';
import { retryFlags, summaryLines } from '../watch/summaryLines.ts';
import { currentTask, statusOf, watchRun } from '../watch/watchRun.ts';

const list = defineCommand({
  name: 'list',
  summary: 'cli.run.list.summary',
  positionals: [],
  options: {},
  run: (context) =>
    onServer(context, async ({ snapshot }) => {
      const { t, output } = context;
      const runs = snapshot.collections.runs.toSorted((a, b) => a.number - b.number);
      output.json({ runs });
      const columns = [
        { title: '#', align: 'right' as const, text: ({ number }: Run) => String(number) },
        { title: t('cli.column.task'), text: ({ taskName }: Run) => taskName },
        { title: t('cli.column.state'), text: ({ state }: Run) => t(`states.${state}`) },
        {
          title: t('cli.column.devices'),
          align: 'right' as const,
          text: (run: Run) => String(run.deviceCount),
        },
        { title: t('cli.column.startedAt'), text: ({ startedAt }: Run) => dateText(startedAt) },
        {
          title: t('cli.column.states'),
          text: ({ counts }: Run) => stateCountsText(t, counts),
        },
      ];
      printTable(context, columns, runs, 'task run TASK');
      return ok(exitStatuses.good);
    }),
});

const show = defineCommand({
  name: 'show',
  summary: 'cli.run.show.summary',
  positionals: [{ name: 'RUN' }],
  options: {},
  run: (context, { words }) =>
    onServer(context, async (server) => {
      const found = findRun(server.snapshot, words[0]!);
      if (!found.ok) return found;
      const watched = await server.call('watchRun', { runId: found.value.id });
      if (!watched.ok) return watched;
      const { run, devices } = watched.value;
      const task = await currentTask(server, run.taskId);
      context.output.json(runShape(context, run, devices, task));
      for (const device of devices) context.output.line(deviceReasonLine(context, device));
      for (const line of ['', ...summaryLines(context, run, devices, task)]) context.output.line(line);
      return ok(run.state === 'running' ? exitStatuses.good : statusOf(devices));
    }),
});

const watch = defineCommand({
  name: 'watch',
  summary: 'cli.run.watch.summary',
  positionals: [{ name: 'RUN' }],
  options: {},
  run: (context, { words }) =>
    onServer(context, async (server) => {
      const found = findRun(server.snapshot, words[0]!);
      return found.ok ? watchRun(context, server, found.value.id, { jsonEvents: true }) : found;
    }),
});

const log = defineCommand({
  name: 'log',
  summary: 'cli.run.log.summary',
  positionals: [{ name: 'RUN' }, { name: 'DEVICE' }],
  options: {
    attempt: { type: 'string', value: 'N', summary: 'cli.run.option.attempt' },
    follow: { type: 'boolean', summary: 'cli.run.option.follow' },
  },
  run: (context, { words, values }) =>
    onServer(context, async (server) => {
      const found = findRun(server.snapshot, words[0]!);
      return found.ok ? showLog(context, server, found.value, words[1]!, values) : found;
    }),
});

const retry = defineCommand({
  name: 'retry',
  summary: 'cli.run.retry.summary',
  positionals: [{ name: 'RUN' }],
  options: {
    failed: { type: 'boolean', summary: 'cli.run.option.failed' },
    unreachable: { type: 'boolean', summary: 'cli.run.option.unreachable' },
    'not-started': { type: 'boolean', summary: 'cli.run.option.notStarted' },
    cancelled: { type: 'boolean', summary: 'cli.run.option.cancelled' },
    'restart-pending': { type: 'boolean', summary: 'cli.run.option.restartPending' },
    device: { type: 'string', multiple: true, value: 'D', summary: 'cli.run.option.device' },
    detach: { type: 'boolean', summary: 'cli.install.option.detach' },
  },
  examples: ['haifu run retry 12 --failed --unreachable'],
  run: (context, { words, values }) =>
    onServer(context, async (server) => {
      const found = findRun(server.snapshot, words[0]!);
      if (!found.ok) return found;
      const flags = Object.keys(retryFlags) as (keyof typeof retryFlags)[];
      const sets = flags.filter((flag) => values[flag]).map((flag) => retryFlags[flag]);
      const devices = findAll(
        values.device.flatMap((word) => word.split(',')),
        (word) => findDevice(server.snapshot, word),
      );
      if (!devices.ok) return devices;
      if (sets.length === 0 && devices.value.length === 0) return missing('retrySet');
      const started = await server.call('retryRun', {
        runId: found.value.id,
        sets,
        deviceIds: devices.value.map(({ id }) => id),
      });
      if (!started.ok) {
        const isEmpty = started.failure.params['expected'] === 'atLeastOneDevice';
        const field = flags.flatMap((flag) => (values[flag] ? [`--${flag}`] : [])).join(' ');
        return isEmpty ? failed('input.invalid', { field, expected: 'noneInRetrySet' }) : started;
      }
      const { id } = started.value.run;
      return values.detach ? leaveRun(context, server, id) : watchRun(context, server, id, { isNew: true });
    }),
});

const cancel = defineCommand({
  name: 'cancel',
  summary: 'cli.run.cancel.summary',
  positionals: [{ name: 'RUN' }],
  options: {
    device: { type: 'string', multiple: true, value: 'D', summary: 'cli.run.option.device' },
    ...killOption,
  },
  run: (context, { words, values }) =>
    onServer(context, async (server) => {
      const found = findRun(server.snapshot, words[0]!);
      if (!found.ok) return found;
      const devices = findAll(
        values.device.flatMap((word) => word.split(',')),
        (word) => findDevice(server.snapshot, word),
      );
      if (!devices.ok) return devices;
      const ids = devices.value.length > 0 ? devices.value.map(({ id }) => id) : null;
      return cancelRuns(context, server, [found.value], ids, values.kill);
    }),
});

export const runCommands: readonly Command[] = [list, show, watch, log, retry, cancel];
