import { cellWidth } from '../../shared/cellWidth.ts';
import { sanitiseLine } from '../../shared/sanitise.ts';

/** A field's label and its value; null: there is none. */
export type Field = readonly [label: string, value: string | number | null];

const longestValue = 4000;

/** Fields a line each, their values below one another. */
export function fieldLines(fields: readonly Field[]): string[] {
  const width = Math.max(...fields.map(([label]) => cellWidth(label)));
  return fields.map(([label, value]) => {
    const text = value === null || value === '' ? '-' : sanitiseLine(String(value), longestValue);
    return `${label}${' '.repeat(width - cellWidth(label))}  ${text}`;
  });
}
