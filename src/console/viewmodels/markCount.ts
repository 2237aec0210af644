import { memoise } from '../state/memoise.ts';

type Rows = readonly { readonly id: string }[];

/** Marks of rows that are there: those that the filter shows, and those that it hides. */
export interface MarkCount {
  readonly inSight: number;
  readonly hidden: number;
}

const none: MarkCount = { inSight: 0, hidden: 0 };

/** Ends with the last mark: one mark at the top of ten thousand rows costs nothing. */
function marksIn(rows: Rows, marks: ReadonlySet<string>): number {
  let count = 0;
  for (let place = 0; place < rows.length && count < marks.size; place++)
    if (marks.has(rows[place]!.id)) count++;
  return count;
}

const counted = memoise((all: Rows, rows: Rows, marks: ReadonlySet<string>): MarkCount => {
  const inSight = marksIn(rows, marks);
  return { inSight, hidden: rows === all ? 0 : marksIn(all, marks) - inSight };
});

/** `rows`: those of `all` that fit the filter. */
export const countMarks = (all: Rows, rows: Rows, marks: ReadonlySet<string>): MarkCount =>
  marks.size === 0 ? none : counted(all, rows, marks);
