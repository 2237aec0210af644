import { failureText } from '../../i18n/failureText.ts';
import type { Translate } from '../../i18n/translate.ts';
import type { ConsoleState } from '../state/consoleState.ts';
import type { Glyphs } from '../terminal/glyphs.ts';
import { type StyledLine, span } from '../terminal/roles.ts';
import { runDeviceCells, runDeviceColumns } from '../viewmodels/runDeviceCells.ts';
import { selectRunCauses, selectRunDevices } from '../viewmodels/selectRun.ts';
import { stateRole, stateSpan } from '../viewmodels/stateText.ts';
import { layoutColumns } from '../widgets/columns.ts';
import { type TableProps, tableMargin } from '../widgets/Table.tsx';
import { tableWindow } from '../widgets/tableWindow.ts';
import { wrapCells } from '../widgets/wrapCells.ts';

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly t: Translate;
  readonly glyphs: Glyphs;
}

export type Tabled = Omit<TableProps, 'isFocused'>;

/** The devices of the run that are shown. */
export function deviceTable(state: ConsoleState, { width, height, t, glyphs }: Drawing): Tabled {
  const { rows, cursor, table } = selectRunDevices(state);
  const task = state.model.collections.tasks.get(state.run?.run?.taskId ?? '');
  const context = { t, glyphs, attemptsLimit: task?.settings.attemptsLimit ?? null };
  const widths = layoutColumns(runDeviceColumns, width - tableMargin);
  const top = tableWindow(rows.length, height - 1, cursor, table.top);
  return {
    width,
    height,
    columns: runDeviceColumns.map(({ title, align }, i) => ({
      title: t(title),
      width: widths[i]!,
      align: align ?? 'left',
    })),
    rows: rows.slice(top, top + height - 1).map(({ id, device }) => ({
      id,
      cells: runDeviceCells(device, context),
      isMarked: table.marks.has(id),
    })),
    total: rows.length,
    top,
    cursor,
    emptyText: state.run?.run === null ? t('console.table.loading') : t('console.table.nothingFound'),
  };
}

/** The failures by cause. */
export function causeTable(state: ConsoleState, { width, height, t, glyphs }: Drawing): Tabled {
  const { rows, cursor, table } = selectRunCauses(state);
  const top = tableWindow(rows.length, height - 1, cursor, table.top);
  const widths = layoutColumns(
    [
      { min: 8, weight: 0, dropOrder: 0 },
      { min: 18, weight: 0, dropOrder: 1 },
      { min: 20, weight: 1, dropOrder: 0 },
    ],
    width - tableMargin,
  );
  return {
    width,
    height,
    columns: [
      { title: t('console.column.count'), width: widths[0]!, align: 'right' },
      { title: t('console.column.state'), width: widths[1]! },
      { title: t('console.column.reason'), width: widths[2]! },
    ],
    rows: rows.slice(top, top + height - 1).map((cause) => ({
      id: cause.id,
      cells: [
        span(`${cause.count} ×`),
        stateSpan(cause.state, { t, glyphs }),
        span(failureText(t, cause.failure).message),
      ],
      isMarked: false,
    })),
    total: rows.length,
    top,
    cursor,
    emptyText: t('console.run.noFailures'),
  };
}

/** A rule, the cause in two lines and what to do next in two. */
export const causeWordsHeight = 5;

/** The cause under the cursor in words. */
export function causeWords(state: ConsoleState, { width, t, glyphs }: Drawing): StyledLine[] {
  const { rows, cursor } = selectRunCauses(state);
  const cause = rows[cursor];
  if (cause === undefined) return [];
  const { message, next } = failureText(t, cause.failure);
  const two = (text: string, role: ReturnType<typeof stateRole>) => {
    const lines = wrapCells(text, width - 2).slice(0, 2);
    return [0, 1].map((i): StyledLine => [span(` ${lines[i] ?? ''}`, role)]);
  };
  return [
    [span(glyphs.horizontal.repeat(width), 'border')],
    ...two(message, stateRole(cause.state)),
    ...two(`${glyphs.arrow} ${next}`, 'text'),
  ];
}
