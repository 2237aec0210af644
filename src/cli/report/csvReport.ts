import { sanitiseLine } from '../../shared/sanitise.ts';
import { deviceShape } from '../watch/runShape.ts';
import type { ReportInput } from './reportInput.ts';

/** What a spreadsheet takes for a formula's beginning; its full-width forms too, as OWASP's "CSV Injection" has it. */
const formula = /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;
const byteOrderMark = '\ufeff';

/** RFC 4180. A cell that a spreadsheet would take for a formula gets a quote before it. */
export function csvCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const line = sanitiseLine(value, 4000);
  const inert = formula.test(line) ? `'${line}` : line;
  return /[",;\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

/**
 * A line a device; the header's names are those of `--json`, in every language. It begins with a byte order mark: only
 * by that does Excel read Japanese as UTF-8.
 */
export function csvReport({ context, devices, task, hasMark }: ReportInput): string {
  const header = [
    'name',
    'address',
    'state',
    'attempt',
    'attempts',
    'exitCode',
    'bytesSent',
    'startedAt',
    'finishedAt',
    'failureCode',
    'failureMessage',
  ];
  const lines = devices.map((device) => {
    const { failure, ...shape } = deviceShape(context, device, task);
    const row = { ...shape, failureCode: failure?.code ?? null, failureMessage: failure?.message ?? null };
    return header.map((name) => csvCell(row[name as keyof typeof row])).join(',');
  });
  return (hasMark ? byteOrderMark : '') + [header.join(','), ...lines, ''].join('\r\n');
}
