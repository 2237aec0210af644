import { reportFormats } from '../../cli/report/registry.ts';
import type { ReportInput } from '../../cli/report/reportInput.ts';
import { summaryLines } from '../../cli/watch/summaryLines.ts';
import type { Run } from '../../domain/model.ts';
import { runDifference } from '../../domain/runDifference.ts';
import { failureText } from '../../i18n/failureText.ts';
import type { ConsoleContext } from '../consoleContext.ts';
import type { ReportLine } from '../state/overlay.ts';
import { type Words, words } from '../state/words.ts';
import { translate } from '../viewmodels/translate.ts';
import { answered, choose, notify } from './ask.ts';
import { openForm, textOrNull } from './openForm.ts';
import { devicesOfRun } from './runDevices.ts';
import { fileNamePart } from './saveLog.ts';

type Format = keyof typeof reportFormats;
const saved: readonly { readonly format: Format; readonly ending: string }[] = [
  { format: 'html', ending: 'html' },
  { format: 'csv', ending: 'csv' },
  { format: 'json', ending: 'json' },
  { format: 'junit', ending: 'xml' },
  { format: 'text', ending: 'txt' },
];

/** The report of a run: read here, or saved as a file for others. */
export function openReport(context: ConsoleContext, run: Run) {
  const items = [
    { id: 'read', label: words('run.report.read') },
    ...saved.map(({ format }) => ({ id: format, label: words(`run.report.save.${format}`) })),
  ];
  choose(context, words('run.report.title', { number: run.number }), items, (id) => {
    const one = saved.find(({ format }) => format === id);
    if (one === undefined) void readReport(context, run);
    else saveReport(context, run, one.format, one.ending);
  });
}

async function inputOf(context: ConsoleContext, run: Run): Promise<ReportInput | null> {
  const devices = await answered(context, devicesOfRun(context, run.id));
  if (devices === null) return null;
  const { ui, model } = context.getState();
  const t = translate(ui.language);
  const now = model.collections.runs.get(run.id) ?? run;
  return {
    context: {
      t,
      language: ui.language,
      // Here a retry is a key; what could be typed depends on where a file is read.
      hint: () => null,
      explain: (failure) => failureText(t, failure),
    },
    run: now,
    devices,
    task: model.collections.tasks.get(run.taskId),
    hasMark: true,
  };
}

async function readReport(context: ConsoleContext, run: Run): Promise<void> {
  const input = await inputOf(context, run);
  if (input === null) return;
  const lines = summaryLines(input.context, input.run, input.devices, input.task).map(
    (plain): ReportLine => ({ content: { plain }, role: 'text' }),
  );
  context.dispatch({
    type: 'ui/overlayOpened',
    overlay: { kind: 'report', title: words('run.report.title', { number: run.number }), lines, top: 0 },
  });
}

function saveReport(context: ConsoleContext, run: Run, format: Format, ending: string): void {
  openForm(context, {
    title: words(`run.report.save.${format}`),
    fields: [{ id: 'path', kind: 'text', label: words('console.form.path'), help: words('run.save.help') }],
    values: { path: `haifu-run${run.number}-${fileNamePart(run.taskName)}.${ending}` },
    submit: async (values) => {
      const path = textOrNull(values['path']);
      if (path === null) return { field: 'path', content: words('console.form.required') };
      const input = await inputOf(context, run);
      if (input === null) return { field: null, content: words('run.report.unread') };
      const written = await context.writeFile(path, [reportFormats[format](input)]);
      if (!written.ok) return { field: 'path', content: written.failure };
      notify(context, words('run.saved', { path: context.absolutePath(path) }));
      return null;
    },
  });
}

/** What is different from the run of the same task before it. */
export async function compareRun(context: ConsoleContext, run: Run): Promise<void> {
  const { runs } = context.getState().model.collections;
  const before = [...runs.values()]
    .filter(({ taskId, number }) => taskId === run.taskId && number < run.number)
    .reduce<Run | null>(
      (newest, one) => (newest === null || one.number > newest.number ? one : newest),
      null,
    );
  if (before === null) return notify(context, words('run.compare.first'), 'status.warning');
  const [old, now] = [await devicesOfRun(context, before.id), await devicesOfRun(context, run.id)];
  const rows = await answered(context, Promise.resolve(old.ok ? now : old));
  if (rows === null || !old.ok) return;
  const found = runDifference(old.value, rows);
  const part = (
    title: Words,
    names: readonly { readonly name: string }[],
    role: ReportLine['role'],
  ): ReportLine[] => [
    { content: title, role: names.length === 0 ? 'muted' : role },
    ...names
      .slice(0, mostNames)
      .map(({ name }): ReportLine => ({ content: { plain: `  ${name}` }, role: 'text' })),
    ...(names.length > mostNames
      ? [
          {
            content: words('console.confirm.more', { count: names.length - mostNames }),
            role: 'muted' as const,
          },
        ]
      : []),
  ];
  const only = (key: 'onlyNow' | 'onlyBefore'): ReportLine[] =>
    found[key] === 0 ? [] : [{ content: words(`run.compare.${key}`, { count: found[key] }), role: 'muted' }];
  context.dispatch({
    type: 'ui/overlayOpened',
    overlay: {
      kind: 'report',
      title: words('run.compare.title', { number: run.number, before: before.number }),
      lines: [
        ...part(
          words('run.compare.newlyUnwell', { count: found.newlyUnwell.length }),
          found.newlyUnwell,
          'status.error',
        ),
        ...part(words('run.compare.nowWell', { count: found.nowWell.length }), found.nowWell, 'status.ok'),
        ...part(
          words('run.compare.stillUnwell', { count: found.stillUnwell.length }),
          found.stillUnwell,
          'status.warning',
        ),
        ...only('onlyNow'),
        ...only('onlyBefore'),
      ],
      top: 0,
    },
  });
}
const mostNames = 100;
