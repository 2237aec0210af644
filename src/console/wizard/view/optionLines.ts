import { cellWidth } from '../../../shared/cellWidth.ts';
import { say } from '../../state/words.ts';
import { type Role, span } from '../../terminal/roles.ts';
import type { ButtonField, CheckboxField, FactField, NoteField, RadioField, SectionField } from '../field.ts';
import {
  type Drawing,
  type Drawn,
  drawn,
  hanging,
  isFocused,
  reasonOf,
  rolesOfWords,
  sayAll,
  signOf,
} from './drawing.ts';

function roleOf(drawing: Drawing, field: CheckboxField | RadioField | ButtonField): Role {
  if (isFocused(drawing, field)) return 'selection';
  return field.disabled == null ? 'text' : 'disabled';
}

function option(drawing: Drawing, field: CheckboxField | RadioField, sign: string): Drawn {
  const text = say(drawing.t, field.label) + reasonOf(drawing, field);
  return drawn(hanging(drawing, field.indent ?? 0, `${sign} `, text, roleOf(drawing, field)));
}

/** `[x] label` */
export function checkboxLines(drawing: Drawing, field: CheckboxField): Drawn {
  const { glyphs, state } = drawing;
  return option(drawing, field, state.values[field.value] ? glyphs.checked : glyphs.unchecked);
}

/** `(•) label` */
export function radioLines(drawing: Drawing, field: RadioField): Drawn {
  const { glyphs, state } = drawing;
  return option(
    drawing,
    field,
    state.values[field.value] === field.choice ? glyphs.chosen : glyphs.notChosen,
  );
}

/** `[ label ]` */
export function buttonLines(drawing: Drawing, field: ButtonField): Drawn {
  const { t, state } = drawing;
  const isBusy = state.busy === field.id;
  return drawn([
    [
      span(' '.repeat(field.indent ?? 0)),
      span(`[ ${say(t, field.label)} ]`, roleOf(drawing, field)),
      span(reasonOf(drawing, field), 'muted'),
      span(isBusy ? `  ${t(`wizard.busy.${state.busy!}`)}` : '', 'status.active'),
    ],
  ]);
}

export const sectionLines = ({ t }: Drawing, field: SectionField): Drawn =>
  drawn([[], [span(say(t, field.label), 'heading')]]);

export function noteLines(drawing: Drawing, field: NoteField): Drawn {
  const sign = signOf(drawing.glyphs, field.role);
  const text = sayAll(drawing, field.words);
  return drawn(hanging(drawing, field.indent ?? 0, sign, text, rolesOfWords[field.role]));
}

const factLabelWidth = 18;

/** `Package     nginx 1.24` */
export function factLines(drawing: Drawing, field: FactField): Drawn {
  const { t } = drawing;
  const label = say(t, field.label);
  const gap = ' '.repeat(Math.max(1, factLabelWidth - cellWidth(label)));
  const values = field.values.map((value) => sayValue(drawing, value)).join('; ');
  const lines = hanging(drawing, factLabelWidth, '', values, 'text');
  const [first = [], ...rest] = lines;
  return drawn([[span(label, 'muted'), span(gap), ...first.slice(1)], ...rest]);
}

const sayValue = ({ t }: Drawing, value: FactField['values'][number]): string =>
  typeof value === 'string' ? say(t, { key: 'wizard.plain', params: { text: value } }) : say(t, value);
