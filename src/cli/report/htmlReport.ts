import { isFinal, isSuccess } from '../../domain/attempt.ts';
import type { RunDevice } from '../../domain/model.ts';
import { dateText } from '../../shared/localTime.ts';
import { foldByCause } from '../watch/causes.ts';
import { countStates, stateCountsTexts } from '../watch/stateCounts.ts';
import { escapeMarkup } from './markup.ts';
import { type ReportInput, secondsOf } from './reportInput.ts';

/** On paper a table's head stands on each page, no row is torn, and a word says what a colour says. */
const style = [
  'body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:75rem;padding:0 1rem;color:#1a1a1a}',
  'h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}',
  'dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem 1rem}dt{color:#555}dd{margin:0}',
  'table{border-collapse:collapse;width:100%}th{background:#f2f2f2}',
  'th,td{border-bottom:1px solid #ccc;padding:.3rem .6rem;text-align:left;vertical-align:top}',
  'td{overflow-wrap:anywhere}td.number{text-align:right}',
  '.good{color:#1a6e2e}.bad{color:#a01414;font-weight:600}',
  '@media print{@page{margin:15mm}body{margin:0;max-width:none;font-size:10pt}thead{display:table-header-group}tr{break-inside:avoid}h2{break-after:avoid}}',
].join('');

/** Nothing may be fetched and no script may run, whatever stands in a name. */
const policy = "default-src 'none'; style-src 'unsafe-inline'";

const toneOf = ({ state }: Pick<RunDevice, 'state'>): string =>
  isSuccess(state) ? ' class="good"' : isFinal(state) && state !== 'skipped' ? ' class="bad"' : '';

const tableOf = (titles: readonly string[], rows: readonly string[]): string[] => [
  `<table><thead><tr>${titles.map((one) => `<th>${escapeMarkup(one)}</th>`).join('')}</tr></thead><tbody>`,
  ...rows,
  '</tbody></table>',
];

const rowOf = (...cells: readonly string[]): string => `<tr>${cells.join('')}</tr>`;
const cell = (text: string): string => `<td>${escapeMarkup(text)}</td>`;
const numberCell = (text: string): string => `<td class="number">${escapeMarkup(text)}</td>`;

/** One file without scripts or anything to fetch, for a browser and for paper. */
export function htmlReport(input: ReportInput): string {
  const { context, run, devices } = input;
  const { t } = context;
  const title = escapeMarkup(t('cli.report.title', { task: run.taskName, number: run.number }));
  const facts = [
    [t('cli.column.package'), run.packageLabel],
    [t('cli.column.state'), t(`states.${run.state}`)],
    [t('cli.column.startedAt'), `${dateText(run.startedAt)} (${run.startedBy})`],
    [t('cli.column.finishedAt'), run.finishedAt === null ? '-' : dateText(run.finishedAt)],
    [t('cli.column.devices'), `${devices.length}: ${stateCountsTexts(t, countStates(devices)).join(', ')}`],
  ] as const;
  return [
    '<!doctype html>',
    `<html lang="${context.language}"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${style}</style></head><body>`,
    `<h1>${title}</h1>`,
    `<dl>${facts.map(([label, value]) => `<dt>${escapeMarkup(label)}</dt><dd>${escapeMarkup(value)}</dd>`).join('')}</dl>`,
    ...causes(input),
    `<h2>${escapeMarkup(t('cli.report.devices'))}</h2>`,
    ...deviceTable(input),
    '</body></html>',
    '',
  ].join('\n');
}

/** What went wrong, told once for all devices that ended alike. */
function causes({ context, devices }: ReportInput): string[] {
  const { t, explain } = context;
  const rows = foldByCause(devices).flatMap(({ state, failure, devices: group }) => {
    if (failure === null) return [];
    const { message, next } = explain(failure);
    return rowOf(
      `<td${toneOf({ state })}>${escapeMarkup(t(`states.${state}`))}</td>`,
      numberCell(String(group.length)),
      `<td>${escapeMarkup(message)}<br>→ ${escapeMarkup(next)}</td>`,
      cell(group.map(({ name }) => name).join(', ')),
    );
  });
  if (rows.length === 0) return [];
  const titles = ['column.state', 'column.count', 'column.reason', 'report.devices'] as const;
  return [
    `<h2>${escapeMarkup(t('cli.column.reason'))}</h2>`,
    ...tableOf(
      titles.map((one) => t(`cli.${one}`)),
      rows,
    ),
  ];
}

function deviceTable({ context, devices }: ReportInput): string[] {
  const { t, explain } = context;
  const titles = ['device', 'address', 'state', 'attempt', 'seconds', 'reason'] as const;
  return tableOf(
    titles.map((one) => t(`cli.column.${one}`)),
    devices.map((device) =>
      rowOf(
        cell(device.name),
        cell(device.address),
        `<td${toneOf(device)}>${escapeMarkup(t(`states.${device.state}`))}</td>`,
        numberCell(String(device.attempt)),
        numberCell(String(secondsOf(device) ?? '-')),
        cell(device.failure === null ? '' : explain(device.failure).message),
      ),
    ),
  );
}
