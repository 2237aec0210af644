import { writeFile } from 'node:fs/promises';
import { failed } from '../../domain/failure.ts';
import { ok } from '../../shared/result.ts';
import { findRun } from '../lookup.ts';
import { onServer } from '../onServer.ts';
import { defineCommand, exitStatuses } from '../program/command.ts';
import { reportFormats } from '../report/registry.ts';
import { currentTask } from '../watch/watchRun.ts';

export const reportCommand = defineCommand({
  name: 'report',
  summary: 'cli.report.summary',
  positionals: [{ name: 'RUN' }],
  options: {
    format: {
      type: 'string',
      value: 'FORMAT',
      choices: Object.keys(reportFormats),
      summary: 'cli.report.option.format',
    },
    'no-bom': { type: 'boolean', summary: 'cli.report.option.noBom' },
    output: { type: 'string', value: 'FILE', summary: 'cli.report.option.output' },
  },
  examples: [
    'haifu report 12 --format csv --output result.csv',
    'haifu report 12 --format html > result.html',
  ],
  run: (context, { words, values }) =>
    onServer(context, async (server) => {
      const found = findRun(server.snapshot, words[0]!);
      if (!found.ok) return found;
      const watched = await server.call('watchRun', { runId: found.value.id });
      if (!watched.ok) return watched;
      const format = (values.format ?? (context.isJson ? 'json' : 'text')) as keyof typeof reportFormats;
      const { run, devices } = watched.value;
      const task = await currentTask(server, run.taskId);
      const text = reportFormats[format]({ context, run, devices, task, hasMark: !values['no-bom'] });
      if (values.output === undefined) {
        process.stdout.write(text);
        return ok(exitStatuses.good);
      }
      try {
        await writeFile(values.output, text, { mode: 0o600 });
      } catch (error) {
        const reason = (error as NodeJS.ErrnoException).code ?? 'write';
        return failed('input.fileUnwritable', { path: values.output, reason });
      }
      return ok(exitStatuses.good);
    }),
});
