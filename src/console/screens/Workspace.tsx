import { failureText } from '../../i18n/failureText.ts';
import type { Translate } from '../../i18n/translate.ts';
import { cellWidth } from '../../shared/cellWidth.ts';
import { sanitiseLine } from '../../shared/sanitise.ts';
import type { ConsoleContext } from '../consoleContext.ts';
import { pressTable } from '../perform/mousePresses.ts';
import { perform } from '../perform/registry.ts';
import { focusPane } from '../perform/view.ts';
import type { ModelState } from '../state/modelState.ts';
import type { Sort } from '../state/sort.ts';
import { say } from '../state/words.ts';
import type { Glyphs } from '../terminal/glyphs.ts';
import { type StyledLine, span } from '../terminal/roles.ts';
import { useActions } from '../useActions.ts';
import { useConsole } from '../useConsole.ts';
import { buildFirstSteps } from '../viewmodels/firstSteps.ts';
import { listFooter } from '../viewmodels/listFooter.ts';
import { selectTable, type TableView } from '../viewmodels/selectTable.ts';
import { layoutColumns } from '../widgets/columns.ts';
import { Frame } from '../widgets/Frame.tsx';
import { HitArea } from '../widgets/HitArea.tsx';
import { Lines } from '../widgets/Lines.tsx';
import { Place } from '../widgets/Place.tsx';
import { Table, tableMargin } from '../widgets/Table.tsx';
import { tableWindow } from '../widgets/tableWindow.ts';
import { useTheme } from '../widgets/themeContext.ts';
import { nodeTitle } from './nodeTitle.ts';
import { useTranslate } from './useTranslate.ts';

const leastTableHeight = 4;

/** B8: the selected node's table, or one of its tables. */
export function Workspace({ width, height }: { readonly width: number; readonly height: number }) {
  const t = useTranslate();
  const actions = useActions();
  const { glyphs } = useTheme();
  const state = useConsole((whole) => whole);
  const view = selectTable(state);
  const { definition, rows, cursor, table } = view;
  const isFocused = state.ui.pane === 'table' && state.ui.overlays.length === 0;
  const inner = width - 2;
  const guide = buildFirstSteps(state, t, glyphs);
  // A row of the table at least stays in sight above the first steps.
  const guideHeight = Math.min(guide.length, Math.max(0, height - 3 - leastTableHeight));
  const tableHeight = height - 3 - guideHeight;
  const widths = layoutColumns(definition.columns, inner - tableMargin);
  const top = tableWindow(rows.length, tableHeight - 1, cursor, table.top);
  const context = { t, model: state.model.collections, glyphs };
  return (
    <Frame
      width={width}
      height={height}
      title={nodeTitle(view.node, state.model.collections, t)}
      isFocused={isFocused}
      footer={listFooter(view, t, glyphs.separator)}
    >
      <Lines width={inner} height={1} lines={[tabLine(view, t)]} />
      <HitArea width={inner} height={1} onMouse={({ x }) => actions && pressTabLine(actions, x, view, t)} />
      <Place x={0} y={1} width={inner} height={tableHeight}>
        <HitArea
          width={inner}
          height={tableHeight}
          onMouse={(press) => actions && pressTable(actions, press, { top, widths }, 'tableOpen')}
        />
        <Table
          width={inner}
          height={tableHeight}
          columns={definition.columns.map((column, i) => ({
            title: t(column.title) + sortSign(view.sort, column.id, glyphs),
            width: widths[i]!,
            align: column.align ?? 'left',
          }))}
          rows={rows.slice(top, top + tableHeight - 1).map((row) => ({
            id: row.id,
            cells: definition.cells(row, context),
            isMarked: table.marks.has(row.id),
          }))}
          total={rows.length}
          top={top}
          cursor={cursor}
          isFocused={isFocused}
          emptyText={emptyText(view, t, state.model)}
        />
      </Place>
      <Place x={0} y={1 + tableHeight} width={inner} height={guideHeight}>
        <Lines width={inner} height={guideHeight} lines={guide.slice(0, guideHeight)} />
      </Place>
    </Frame>
  );
}

function emptyText(view: TableView, t: Translate, model: ModelState): string {
  if (!model.isLoaded)
    return model.connectionFailure === null
      ? t('console.table.loading')
      : Object.values(failureText(t, model.connectionFailure)).join(' ');
  if (view.problem !== null) return say(t, view.problem);
  if (view.totalCount > 0) return t('console.table.nothingFound');
  return t(view.definition.empty);
}

/** The tables of this node; the group's workspace shows [Perform action] beside them (B61). */
function tabLine({ definitions, tab, table, node }: TableView, t: Translate): StyledLine {
  const tabs = definitions.flatMap((definition, i) => [
    span(' '),
    span(t(definition.title), i === tab ? 'accent' : 'muted'),
    span(' '),
  ]);
  const filter = table.filter === '' ? [] : [span(`  /${sanitiseLine(table.filter)}`, 'status.warning')];
  const hasAction = node.kind === 'group' || node.kind === 'managed' || node.kind === 'unassigned';
  return [
    ...tabs,
    ...filter,
    ...(hasAction ? [span('   '), span('m', 'key'), span(` [${t('console.performAction')}]`)] : []),
  ];
}

/** A tab is shown; behind the tabs stands [Perform action]. */
function pressTabLine(
  actions: ConsoleContext,
  x: number,
  { definitions, node }: TableView,
  t: Translate,
): void {
  let from = 0;
  for (const [tab, definition] of definitions.entries()) {
    from += cellWidth(t(definition.title)) + 2;
    if (x < from) {
      actions.dispatch({ type: 'ui/tab', node: node.id, tab });
      focusPane(actions, 'table');
      return;
    }
  }
  focusPane(actions, 'table');
  perform(actions, 'openMenu');
}

/** Stands right behind the title of the column that is sorted by. */
const sortSign = (sort: Sort | null, column: string | undefined, glyphs: Glyphs): string =>
  sort === null || sort.column !== column ? '' : sort.isDescending ? glyphs.down : glyphs.up;
