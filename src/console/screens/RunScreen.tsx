import { failureText } from '../../i18n/failureText.ts';
import type { Translate } from '../../i18n/translate.ts';
import { runHeaderHeight } from '../layout.ts';
import type { ConsoleState } from '../state/consoleState.ts';
import type { Glyphs } from '../terminal/glyphs.ts';
import { span } from '../terminal/roles.ts';
import { useConsole } from '../useConsole.ts';
import { runDeviceCells, runDeviceColumns } from '../viewmodels/runDeviceCells.ts';
import { buildRunHeader } from '../viewmodels/runHeader.ts';
import { selectRunCauses, selectRunDevices } from '../viewmodels/selectRun.ts';
import { stateSpan } from '../viewmodels/stateText.ts';
import { layoutColumns } from '../widgets/columns.ts';
import { Frame } from '../widgets/Frame.tsx';
import { Lines } from '../widgets/Lines.tsx';
import { Place } from '../widgets/Place.tsx';
import { Table, type TableProps, tableMargin } from '../widgets/Table.tsx';
import { tableWindow } from '../widgets/tableWindow.ts';
import { useTheme } from '../widgets/themeContext.ts';
import { RunDeviceView } from './RunDeviceView.tsx';
import { useTranslate } from './useTranslate.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}
interface Drawing extends Size {
  readonly t: Translate;
  readonly glyphs: Glyphs;
}

/** A run: totals above, below its devices, its failures by cause, or one device with its log. */
export function RunScreen({ width, height }: Size) {
  const t = useTranslate();
  const { glyphs } = useTheme();
  const state = useConsole((whole) => whole);
  const watch = state.run;
  if (watch === null) return null;
  const context = { t, glyphs, model: state.model.collections };
  const header = buildRunHeader(watch, context, {
    width,
    now: state.ui.now,
    filter: selectRunDevices(state).table.filter,
  });
  const bodyHeight = height - runHeaderHeight;
  const drawing = { width: width - 2, height: bodyHeight - 2, t, glyphs };
  const isFocused = state.ui.overlays.length === 0;
  return (
    <>
      <Place x={0} y={0} width={width} height={runHeaderHeight}>
        <Lines width={width} height={runHeaderHeight} lines={header} />
      </Place>
      <Place x={0} y={runHeaderHeight} width={width} height={bodyHeight}>
        {watch.view === 'device' ? (
          <RunDeviceView width={width} height={bodyHeight} />
        ) : (
          <Frame
            width={width}
            height={bodyHeight}
            title={t(watch.view === 'causes' ? 'console.run.causes' : 'console.run.devices')}
            isFocused={isFocused}
            footer={footer(state, t)}
          >
            <Table
              {...(watch.view === 'causes' ? causeTable(state, drawing) : deviceTable(state, drawing))}
              isFocused={isFocused}
            />
          </Frame>
        )}
      </Place>
    </>
  );
}

function footer(state: ConsoleState, t: Translate): string {
  const list = state.run?.view === 'causes' ? selectRunCauses(state) : selectRunDevices(state);
  if (list.rows.length === 0) return '';
  const marks = list.table.marks.size;
  return `${list.cursor + 1}/${list.rows.length}${marks > 0 ? ` ${t('console.table.marked', { count: marks })}` : ''}`;
}

type Tabled = Omit<TableProps, 'isFocused'>;

function deviceTable(state: ConsoleState, { width, height, t, glyphs }: Drawing): Tabled {
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

function causeTable(state: ConsoleState, { width, height, t, glyphs }: Drawing): Tabled {
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
