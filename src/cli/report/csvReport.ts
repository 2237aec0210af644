import { sanitiseLine } from '../../shared/sanitise.ts';
import { deviceShape } from '../watch/runShape.ts';
import type { ReportInput } from './reportInput.ts';

/** RFC 4180. A cell that a spreadsheet would take for a formula gets a quote before it (OWASP, CSV injection). */
export function csvCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const line = sanitiseLine(value, 4000);
  const inert = /^[=+\-@\t]/.test(line) ? `'${line}` : line;
  return /[",;\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

/** A line a device; the header's names are those of `--json`, in every language. */
export function csvReport({ context, devices, task }: ReportInput): string {
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
  return [header.join(','), ...lines, ''].join('\r\n');
}
