import { failureText } from '../../../i18n/failureText.ts';
import { cellWidth } from '../../../shared/cellWidth.ts';
import { say } from '../../state/words.ts';
import { type Role, span } from '../../terminal/roles.ts';
import {
  type ButtonField,
  type CheckboxField,
  type FactField,
  isChosen,
  type NoteField,
  type RadioField,
  type SectionField,
} from '../field.ts';
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

type LabelledField = CheckboxField | RadioField | ButtonField;

function roleOf(drawing: Drawing, field: LabelledField): Role {
  if (isFocused(drawing, field)) return 'selection';
  return field.disabled == null ? 'text' : 'disabled';
}

/** The reason why an option cannot be used stands behind its label, or whole on a line of its own. */
function labelled(drawing: Drawing, field: LabelledField, sign: string, label: string): Drawn {
  const role = roleOf(drawing, field);
  const indent = field.indent ?? 0;
  const reason = reasonOf(drawing, field);
  const first = hanging(drawing, indent, sign, label, role);
  if (reason === '' || field.disabled == null) return drawn(first);
  if (first.length === 1 && indent + cellWidth(sign + label + reason) <= drawing.width) {
    return drawn([[...first[0]!, span(reason, 'muted')]]);
  }
  const own = drawing.t('wizard.becauseBelow', { reason: say(drawing.t, field.disabled) });
  return drawn([...first, ...hanging(drawing, indent + 4, '', own, 'muted')]);
}

const option = (drawing: Drawing, field: CheckboxField | RadioField, sign: string): Drawn =>
  labelled(drawing, field, `${sign} `, say(drawing.t, field.label));

/** `[x] label` */
export function checkboxLines(drawing: Drawing, field: CheckboxField): Drawn {
  const { glyphs, state } = drawing;
  return option(drawing, field, state.values[field.value] ? glyphs.checked : glyphs.unchecked);
}

/** `(•) label` */
export function radioLines(drawing: Drawing, field: RadioField): Drawn {
  const { glyphs, state } = drawing;
  return option(drawing, field, isChosen(field, state.values) ? glyphs.chosen : glyphs.notChosen);
}

/** `[ label ]` */
export const buttonLines = (drawing: Drawing, field: ButtonField): Drawn =>
  labelled(drawing, field, '', `[ ${say(drawing.t, field.label)} ]`);

export function sectionLines({ t }: Drawing, { label, chord }: SectionField): Drawn {
  const heading = span(say(t, label), 'heading');
  return drawn(chord === undefined ? [[], [heading]] : [[span(chord, 'key'), span('  '), heading]]);
}

export function noteLines(drawing: Drawing, field: NoteField): Drawn {
  const sign = signOf(drawing.glyphs, field.role);
  const parts = (field.parts ?? []).map((part) => say(drawing.t, part)).join(drawing.t('wizard.and'));
  const why = field.reason === undefined ? '' : failureText(drawing.t, field.reason).message;
  const behind = parts + why;
  const reason = behind === '' ? '' : drawing.t('wizard.because', { reason: behind });
  const text = sayAll(drawing, field.words) + reason;
  return drawn(hanging(drawing, field.indent ?? 0, sign, text, rolesOfWords[field.role]));
}

const factLabelWidth = 18;

/** `Package     nginx 1.24` */
export function factLines(drawing: Drawing, field: FactField): Drawn {
  const { t } = drawing;
  const label = say(t, field.label);
  const gap = ' '.repeat(Math.max(1, factLabelWidth - cellWidth(label)));
  const values = field.values.map((value) => sayValue(drawing, value)).join(t('wizard.and'));
  const lines = hanging(drawing, factLabelWidth, '', values, 'text');
  const [first = [], ...rest] = lines;
  return drawn([[span(label, 'muted'), span(gap), ...first.slice(1)], ...rest]);
}

const sayValue = ({ t }: Drawing, value: FactField['values'][number]): string =>
  typeof value === 'string' ? say(t, { key: 'wizard.plain', params: { text: value } }) : say(t, value);
