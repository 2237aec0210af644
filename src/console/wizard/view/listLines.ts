import { failureText } from '../../../i18n/failureText.ts';
import { cellWidth, fitCells } from '../../../shared/cellWidth.ts';
import { sanitiseLine } from '../../../shared/sanitise.ts';
import { visibleText } from '../../../shared/visibleText.ts';
import { say } from '../../state/words.ts';
import type { Glyphs } from '../../terminal/glyphs.ts';
import { type Role, type StyledLine, span } from '../../terminal/roles.ts';
import type { ListField, ListMark, ListRow } from '../field.ts';
import { cursorIndex, cursorRow } from '../listCursor.ts';
import {
  type Drawing,
  type Drawn,
  hanging,
  isFocused,
  reasonOf,
  rolesOfWords,
  sayAll,
  signOf,
} from './drawing.ts';

/** Lines of the window that a list leaves to what stands around it. */
const linesAround = 7;

const marksOf = (glyphs: Glyphs, marks: ListField['marks']): Readonly<Record<ListMark, string>> =>
  marks === 'circles'
    ? { on: glyphs.chosen, off: glyphs.notChosen, some: glyphs.notChosen }
    : { on: glyphs.checked, off: glyphs.unchecked, some: '[-]' };

function beginning({ glyphs }: Drawing, list: ListField, row: ListRow, isTree: boolean): string {
  const fold = row.expanded == null ? ' ' : row.expanded ? glyphs.expanded : glyphs.collapsed;
  const sign = row.mark == null ? '   ' : marksOf(glyphs, list.marks)[row.mark];
  return [
    '  '.repeat(row.depth ?? 0),
    isTree ? `${fold} ` : '',
    list.marks === 'none' ? '' : `${sign} `,
    signOf(glyphs, row.role ?? 'normal'),
  ].join('');
}

const nameOf = ({ t }: Drawing, row: ListRow): string =>
  row.label === undefined ? sanitiseLine(row.text, 300) : say(t, row.label);

const detailOf = ({ t }: Drawing, row: ListRow): string =>
  [
    ...(row.reason === undefined ? [sanitiseLine(row.detail ?? '', 300)] : []),
    ...(row.facts ?? []).map((fact) => (typeof fact === 'string' ? sanitiseLine(fact, 300) : say(t, fact))),
    ...(row.reason === undefined ? [] : [failureText(t, row.reason).message]),
  ]
    .filter((text) => text !== '')
    .join('  ');

/** A row under the cursor that does not fit, or that says why something failed, stands in full below the list. */
function inFull(drawing: Drawing, list: ListField): readonly StyledLine[] {
  const row = cursorRow(drawing.state, list);
  if (row === null) return [];
  const indent = (list.indent ?? 0) + 2;
  if (row.reason !== undefined)
    return hanging(drawing, indent, '', sayAll(drawing, row.reason), rolesOfWords[row.role ?? 'error']);
  const detail = detailOf(drawing, row);
  const text = `${nameOf(drawing, row)}  ${detail}`;
  const isTree = list.rows.some((other) => other.expanded != null);
  const own = cellWidth(beginning(drawing, list, row, isTree)) + cellWidth(text);
  return own <= drawing.width - (list.indent ?? 0) ? [] : hanging(drawing, indent, '', text, 'muted');
}

interface SearchShown {
  readonly spans: StyledLine;
  /** Where the next character goes, behind the label. */
  readonly cell: number;
  readonly isSearching: boolean;
}

/** What was typed into the list stands behind its label; before that, that it can be. */
function searchSpans({ state, t }: Drawing, list: ListField): SearchShown {
  const text = list.search === undefined ? '' : visibleText(state.values[list.search] ?? '');
  const isOwn = state.focus === list.id && list.search !== undefined;
  if (text !== '') {
    const shown = ` ${fitSearch(text)}`;
    return {
      spans: [span(' '), span(`${shown} `, 'inputFocused')],
      cell: cellWidth(shown) + 1,
      isSearching: true,
    };
  }
  const hint = isOwn && list.rows.length > 1 ? [span(` ${t('wizard.list.typeToNarrow')}`, 'muted')] : [];
  return { spans: hint, cell: 1, isSearching: false };
}
const widestSearch = 30;
/** The end of a long text: it is what is being typed. */
const fitSearch = (text: string): string => {
  const graphemes = [...text];
  while (cellWidth(graphemes.join('')) > widestSearch) graphemes.shift();
  return graphemes.join('');
};

/** Only the rows in sight are made into lines, however long the list is. */
export function listLines(drawing: Drawing, list: ListField): Drawn {
  const { t, width, height } = drawing;
  const indent = list.indent ?? 0;
  const focused = isFocused(drawing, list);
  const cursor = cursorIndex(drawing.state, list);
  const inSight = Math.max(1, Math.min(list.height, list.rows.length, Math.max(3, height - linesAround)));
  const top = Math.max(0, Math.min(list.rows.length - inSight, cursor - Math.floor(inSight / 2)));
  const rows = list.rows.slice(top, top + inSight);
  const isTree = list.rows.some((row) => row.expanded != null);
  const begun = rows.map((row) => beginning(drawing, list, row, isTree) + nameOf(drawing, row));
  const room = Math.max(10, width - indent);
  const nameWidth = Math.min(Math.floor(room * 0.6), Math.max(0, ...begun.map(cellWidth)));
  const lines = rows.map((row, index): StyledLine => {
    const role: Role = rolesOfWords[row.role ?? 'normal'];
    const isCursor = top + index === cursor;
    const chosen: Role | null = isCursor ? (focused ? 'selection' : 'selectionUnfocused') : null;
    const detail = detailOf(drawing, row);
    const text = detail === '' ? begun[index]! : `${fitCells(begun[index]!, nameWidth)}  ${detail}`;
    if (chosen !== null) return [span(' '.repeat(indent)), span(fitCells(text, room), chosen)];
    if (detail === '') return [span(' '.repeat(indent)), span(text, role)];
    return [
      span(' '.repeat(indent)),
      span(`${fitCells(begun[index]!, nameWidth)}  `, role),
      span(detail, row.reason === undefined ? 'muted' : role),
    ];
  });
  const position =
    list.rows.length > inSight
      ? ` ${t('wizard.list.position', { at: cursor + 1, total: list.rows.length })}`
      : '';
  const search = searchSpans(drawing, list);
  const label = `${say(t, list.label)}${reasonOf(drawing, list)}`;
  const heading: StyledLine = [
    span(' '.repeat(indent)),
    span(label, focused ? 'accent' : 'text'),
    ...search.spans,
    span(position, 'muted'),
  ];
  const nothing = search.isSearching ? t('wizard.list.nothingFound') : say(t, list.empty);
  const empty: StyledLine = [span(' '.repeat(indent)), span(`  ${nothing}`, focused ? 'selection' : 'muted')];
  return {
    lines: [heading, ...(rows.length === 0 ? [empty] : lines), ...(focused ? inFull(drawing, list) : [])],
    focusLine: rows.length === 0 ? 1 : 1 + cursor - top,
    // Where an input method composes.
    caret:
      focused && list.search !== undefined
        ? { line: 0, cell: indent + cellWidth(label) + search.cell }
        : null,
  };
}
