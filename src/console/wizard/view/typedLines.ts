import { cellWidth, fitCells } from '../../../shared/cellWidth.ts';
import { Graphemes } from '../../../shared/plainText.ts';
import { visibleText } from '../../../shared/visibleText.ts';
import { say } from '../../state/words.ts';
import { type StyledLine, span } from '../../terminal/roles.ts';
import { textWindow } from '../../widgets/textWindow.ts';
import { wrapCells } from '../../widgets/wrapCells.ts';
import type { NumberField, TextField } from '../field.ts';
import { textOf } from '../wizardFocus.ts';
import { type Drawing, type Drawn, isFocused, reasonOf } from './drawing.ts';

const numberWidth = 9;
const widestText = 72;
const graphemes = new Graphemes();
const countGraphemes = (text: string): number => [...graphemes.segment(text)].length;

/** Labels of a window's fields share one column, so that the fields stand below each other. */
const labelWidthOf = ({ width }: Drawing): number => Math.min(38, Math.floor(width * 0.5));

interface Box {
  readonly shown: string;
  readonly cell: number;
  readonly isHint: boolean;
}

/** What stands in the box, and where its caret is. A secret shows a sign for each character (B101). */
function boxOf(drawing: Drawing, field: TextField | NumberField, width: number): Box {
  const { state, t, glyphs } = drawing;
  const text = textOf(field, state.values);
  const focused = isFocused(drawing, field);
  if (text === '' && !focused && field.kind !== 'number' && field.placeholder !== undefined) {
    return { shown: say(t, field.placeholder), cell: 0, isHint: true };
  }
  const caret = focused ? Math.min(state.caret, text.length) : 0;
  if (field.kind === 'secret' && !(focused && state.isRevealed)) {
    const masked = glyphs.masked.repeat(countGraphemes(text));
    return { ...textWindow(masked, countGraphemes(text.slice(0, caret)), width), isHint: false };
  }
  const safe = visibleText(text);
  return { ...textWindow(safe, visibleText(text.slice(0, caret)).length, width), isHint: false };
}

/** What stands behind the box: the unit, and what an empty box means. */
function behind({ t, state }: Drawing, field: TextField | NumberField): { unit: string; hint: string } {
  if (field.kind !== 'number') return { unit: '', hint: '' };
  const isEmpty = textOf(field, state.values).trim() === '';
  return {
    unit: field.unit === undefined ? '' : ` ${say(t, field.unit)}`,
    hint: isEmpty && field.whenEmpty !== undefined ? `(${say(t, field.whenEmpty)})` : '',
  };
}

/** `Label:        ‹box› unit`; a label that is too long gets lines of its own above the box. */
export function typedLines(drawing: Drawing, field: TextField | NumberField): Drawn {
  const { width, t } = drawing;
  const indent = field.indent ?? 0;
  const label = t('wizard.labelled', { label: say(t, field.label) + reasonOf(drawing, field) });
  const column = Math.max(indent + 8, labelWidthOf(drawing));
  const isBeside = indent + cellWidth(label) < column;
  const before: readonly StyledLine[] = isBeside
    ? []
    : wrapCells(label, width - indent).map((line) => [span(' '.repeat(indent)), span(line)]);
  const room = width - column - 1;
  const boxWidth = field.kind === 'number' ? numberWidth : Math.max(10, Math.min(widestText, room));
  const box = boxOf(drawing, field, boxWidth);
  const focused = isFocused(drawing, field);
  const { unit, hint } = behind(drawing, field);
  const lead = isBeside ? fitCells(' '.repeat(indent) + label, column) : ' '.repeat(column);
  const line: StyledLine = [
    span(lead, focused ? 'accent' : field.disabled == null ? 'text' : 'disabled'),
    span(fitCells(box.shown, boxWidth), focused ? 'inputFocused' : box.isHint ? 'muted' : 'input'),
    span(unit, 'muted'),
  ];
  const isHintBeside = column + boxWidth + cellWidth(unit) + 2 + cellWidth(hint) <= width;
  const hintLines: readonly StyledLine[] =
    hint === '' || isHintBeside ? [] : [[span(' '.repeat(column)), span(hint, 'muted')]];
  return {
    lines: [
      ...before,
      hint !== '' && isHintBeside ? [...line, span(`  ${hint}`, 'muted')] : line,
      ...hintLines,
    ],
    focusLine: before.length,
    caret: focused ? { line: before.length, cell: column + box.cell } : null,
  };
}
