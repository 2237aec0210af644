import { assertNever } from '../../../shared/assertNever.ts';
import { sanitiseLine } from '../../../shared/sanitise.ts';
import { say } from '../../state/words.ts';
import type { StyledLine } from '../../terminal/roles.ts';
import { type Field, isFocusable } from '../field.ts';
import { textOf } from '../wizardFocus.ts';
import { type Drawing, type Drawn, hanging, isFocused, sayAll } from './drawing.ts';
import { listLines } from './listLines.ts';
import { buttonLines, checkboxLines, factLines, noteLines, radioLines, sectionLines } from './optionLines.ts';
import { typedLines } from './typedLines.ts';

function own(drawing: Drawing, field: Field): Drawn {
  switch (field.kind) {
    case 'checkbox':
      return checkboxLines(drawing, field);
    case 'radio':
      return radioLines(drawing, field);
    case 'text':
    case 'secret':
    case 'number':
      return typedLines(drawing, field);
    case 'button':
      return buttonLines(drawing, field);
    case 'list':
      return listLines(drawing, field);
    case 'section':
      return sectionLines(drawing, field);
    case 'note':
      return noteLines(drawing, field);
    case 'fact':
      return factLines(drawing, field);
    default:
      return assertNever(field);
  }
}

const below = 4;

/** Why Next was refused, at the option itself. */
export const problemLines = (drawing: Drawing, fieldId: string, indent: number): readonly StyledLine[] =>
  drawing.state.problems
    .filter((problem) => problem.field === fieldId)
    .flatMap(({ words }) =>
      hanging(drawing, indent, `${drawing.glyphs.failed} `, sayAll(drawing, words), 'status.error'),
    );

/** B2: inline help that is unfolded below its option. */
function helpLines(drawing: Drawing, field: Field): readonly StyledLine[] {
  if (!isFocusable(field)) return [];
  const { help } = drawing.state;
  if (!help.isAllShown && !help.open.has(field.id)) return [];
  return hanging(drawing, (field.indent ?? 0) + below, '', say(drawing.t, field.help), 'muted');
}

const mostCandidateLines = 3;

/** What a path could become, or that there is nothing: below the field while it is typed. */
function pathLines(drawing: Drawing, field: Field, indent: number): readonly StyledLine[] {
  const { state, t } = drawing;
  if (field.kind !== 'text' || field.isPath !== true || !isFocused(drawing, field)) return [];
  const seen = state.pathsSeen[field.id];
  const typed = textOf(field, state.values);
  if (seen === undefined || seen.path !== typed || typed.trim() === '' || seen.kind === 'file') return [];
  const text =
    seen.candidates.length > 0
      ? t('wizard.path.candidates', { names: sanitiseLine(seen.candidates.join('  '), 400) })
      : seen.kind === 'nothing'
        ? t('wizard.path.nothing')
        : '';
  if (text === '') return [];
  return hanging(drawing, indent, '', text, 'muted').slice(0, mostCandidateLines);
}

/** The one renderer of all options: an option, its problems and its help. */
export function fieldLines(drawing: Drawing, field: Field): Drawn {
  const drawn = own(drawing, field);
  const indent = ('indent' in field ? (field.indent ?? 0) : 0) + below;
  return {
    ...drawn,
    lines: [
      ...drawn.lines,
      ...pathLines(drawing, field, indent),
      ...problemLines(drawing, field.id, indent),
      ...helpLines(drawing, field),
    ],
  };
}
