import type { Translate } from '../../i18n/translate.ts';
import { deviceHeaderHeight, runHeaderHeight } from '../layout.ts';
import { pressTable } from '../perform/mousePresses.ts';
import type { ConsoleState } from '../state/consoleState.ts';
import { useActions } from '../useActions.ts';
import { useConsole } from '../useConsole.ts';
import { buildRunHeader } from '../viewmodels/runHeader.ts';
import { selectRunCauses, selectRunDevices } from '../viewmodels/selectRun.ts';
import { Frame } from '../widgets/Frame.tsx';
import { HitArea } from '../widgets/HitArea.tsx';
import { Lines } from '../widgets/Lines.tsx';
import { Place } from '../widgets/Place.tsx';
import { Table } from '../widgets/Table.tsx';
import { useTheme } from '../widgets/themeContext.ts';
import { RunDeviceView } from './RunDeviceView.tsx';
import {
  causeTable,
  causeWords,
  causeWordsHeight,
  type Drawing,
  deviceTable,
  type Tabled,
} from './runTables.ts';
import { useTranslate } from './useTranslate.ts';

interface Size {
  readonly width: number;
  readonly height: number;
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
  const headerHeight = watch.view === 'device' ? deviceHeaderHeight : runHeaderHeight;
  const bodyHeight = height - headerHeight;
  const drawing = { width: width - 2, height: bodyHeight - 2, t, glyphs };
  const isFocused = state.ui.overlays.length === 0;
  return (
    <>
      <Place x={0} y={0} width={width} height={headerHeight}>
        <Lines width={width} height={headerHeight} lines={header} />
      </Place>
      <Place x={0} y={headerHeight} width={width} height={bodyHeight}>
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
            {watch.view === 'causes' ? (
              <Causes state={state} drawing={drawing} isFocused={isFocused} />
            ) : (
              <ClickableTable table={deviceTable(state, drawing)} isFocused={isFocused} />
            )}
          </Frame>
        )}
      </Place>
    </>
  );
}

function ClickableTable({ table, isFocused }: { readonly table: Tabled; readonly isFocused: boolean }) {
  const actions = useActions();
  const place = { top: table.top, widths: table.columns.map(({ width }) => width) };
  return (
    <>
      <HitArea
        width={table.width}
        height={table.height}
        onMouse={(press) => actions && pressTable(actions, press, place, 'runOpenRow')}
      />
      <Table {...table} isFocused={isFocused} />
    </>
  );
}

/** The causes, and below them in full words the one under the cursor and what to do next. */
function Causes({
  state,
  drawing,
  isFocused,
}: {
  state: ConsoleState;
  drawing: Drawing;
  isFocused: boolean;
}) {
  const { width, height } = drawing;
  const tableHeight = height - causeWordsHeight;
  return (
    <>
      <ClickableTable table={causeTable(state, { ...drawing, height: tableHeight })} isFocused={isFocused} />
      <Place x={0} y={tableHeight} width={width} height={causeWordsHeight}>
        <Lines width={width} height={causeWordsHeight} lines={causeWords(state, drawing)} />
      </Place>
    </>
  );
}

function footer(state: ConsoleState, t: Translate): string {
  const list = state.run?.view === 'causes' ? selectRunCauses(state) : selectRunDevices(state);
  if (list.rows.length === 0) return '';
  const marks = list.table.marks.size;
  const sort = state.run?.sort;
  const isSorted =
    state.run?.view === 'devices' && sort !== undefined && (sort.by !== 'name' || sort.isReversed);
  return [
    `${list.cursor + 1}/${list.rows.length}`,
    ...(marks > 0 ? [t('console.table.marked', { count: marks })] : []),
    ...(isSorted
      ? [t(`run.sort.${sort.by}`) + (sort.isReversed ? ` (${t('run.action.sortReverse')})` : '')]
      : []),
  ].join('  ');
}
