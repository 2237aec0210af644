import { isSuccess } from '../../domain/attempt.ts';
import { triesOf } from '../../domain/attempts.ts';
import { summaryLines } from '../watch/summaryLines.ts';
import { escapeMarkup } from './markup.ts';
import { type ReportInput, secondsOf } from './reportInput.ts';

const style =
  'body{font:15px/1.5 system-ui,sans-serif;margin:2rem;color:#1a1a1a}table{border-collapse:collapse;width:100%}' +
  'th,td{border-bottom:1px solid #ddd;padding:.3rem .6rem;text-align:left;vertical-align:top}' +
  'pre{background:#f6f6f6;padding:1rem;white-space:pre-wrap}.good{color:#1a6e2e}.bad{color:#a01414;font-weight:600}';

/** One file without scripts or anything to fetch. */
export function htmlReport({ context, run, devices, task }: ReportInput): string {
  const { t } = context;
  const titles = [
    t('cli.column.device'),
    t('cli.column.address'),
    t('cli.column.state'),
    t('cli.column.attempt'),
    t('cli.column.seconds'),
    t('cli.column.reason'),
  ];
  const rows = devices.map((device) => {
    const explained = device.failure === null ? null : context.explain(device.failure);
    const state = `<span class="${isSuccess(device.state) ? 'good' : 'bad'}">${escapeMarkup(t(`states.${device.state}`))}</span>`;
    const cells = [
      escapeMarkup(device.name),
      escapeMarkup(device.address),
      state,
      String(triesOf(device)),
      String(secondsOf(device) ?? '-'),
      explained === null ? '' : `${escapeMarkup(explained.message)}<br>→ ${escapeMarkup(explained.next)}`,
    ];
    return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
  });
  const title = escapeMarkup(t('cli.report.title', { task: run.taskName, number: run.number }));
  return [
    '<!doctype html>',
    `<html lang="${context.language}"><head><meta charset="utf-8"><title>${title}</title><style>${style}</style></head><body>`,
    `<h1>${title}</h1>`,
    `<p>${escapeMarkup(run.packageLabel)} · ${run.startedAt} – ${run.finishedAt ?? ''}</p>`,
    `<pre>${escapeMarkup(summaryLines(context, run, devices, task).join('\n'))}</pre>`,
    `<table><thead><tr>${titles.map((one) => `<th>${escapeMarkup(one)}</th>`).join('')}</tr></thead><tbody>`,
    ...rows,
    '</tbody></table></body></html>',
    '',
  ].join('\n');
}
