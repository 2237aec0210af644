import { memoise } from '../state/memoise.ts';

type Rows = readonly { readonly id: string }[];

/** Marks of rows that are there: those that the filter shows, and those that it hides. */
export interface MarkCount {
  readonly inSight: number;
  readonly hidden: number;
}

const none: MarkCount = { inSight: 0, hidden: 0 };

const marksIn = (rows: Rows, marks: ReadonlySet<string>): number =>
  rows.reduce((sum, { id }) => sum + (marks.has(id) ? 1 : 0), 0);

const counted = memoise((all: Rows, rows: Rows, marks: ReadonlySet<string>): MarkCount => {
  const inSight = marksIn(rows, marks);
  return { inSight, hidden: rows === all ? 0 : marksIn(all, marks) - inSight };
});

/** `rows`: those of `all` that fit the filter. */
export const countMarks = (all: Rows, rows: Rows, marks: ReadonlySet<string>): MarkCount =>
  marks.size === 0 ? none : counted(all, rows, marks);
