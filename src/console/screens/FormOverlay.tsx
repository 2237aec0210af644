import { failureText } from '../../i18n/failureText.ts';
import type { Translate } from '../../i18n/translate.ts';
import { cellWidth, fitCells } from '../../shared/cellWidth.ts';
import { sanitiseLine } from '../../shared/sanitise.ts';
import { visibleText } from '../../shared/visibleText.ts';
import { pressInForm } from '../perform/mousePresses.ts';
import {
  type FormField,
  type FormState,
  fieldProblem,
  fieldText,
  visibleFields,
} from '../state/formState.ts';
import { say } from '../state/words.ts';
import type { Glyphs } from '../terminal/glyphs.ts';
import { type Role, type StyledLine, span } from '../terminal/roles.ts';
import { useActions } from '../useActions.ts';
import { Buttons } from '../widgets/Buttons.tsx';
import { Frame } from '../widgets/Frame.tsx';
import { HitArea } from '../widgets/HitArea.tsx';
import { Lines } from '../widgets/Lines.tsx';
import { Place } from '../widgets/Place.tsx';
import { TextField } from '../widgets/TextField.tsx';
import { tableWindow } from '../widgets/tableWindow.ts';
import { useTheme } from '../widgets/themeContext.ts';
import { wrapCells } from '../widgets/wrapCells.ts';
import { inBody, type OverlayProps } from './overlayProps.ts';
import { sayAny, useTranslate } from './useTranslate.ts';

/** What stands below the fields: what is known, what is wrong, or the help of the focused field. */
function messages(form: FormState, t: Translate, width: number): StyledLine[] {
  const wrapped = (text: string, role: Role) =>
    wrapCells(text, width - 2).map((line): StyledLine => [span(` ${line}`, role)]);
  const info = [
    ...form.info.flatMap((line) => wrapped(say(t, line), 'status.ok')),
    ...form.warnings.flatMap((line) => wrapped(say(t, line), 'status.warning')),
  ];
  if (form.isBusy) return [...info, ...wrapped(t('console.form.busy'), 'status.active')];
  const field = form.fields.find(({ id }) => id === form.focus);
  const help = field?.help ? wrapped(say(t, field.help), 'muted') : [];
  const path = field?.isPath === true ? pathText(form, t) : '';
  if (path !== '') return [...info, ...wrapped(path, 'muted').slice(0, 3)];
  const problem = form.problem ?? (field && shownProblem(form, field));
  if (!problem) return [...info, ...help];
  if (!('code' in problem)) return [...info, ...wrapped(say(t, problem), 'status.error'), ...help];
  const { message, next } = failureText(t, problem);
  // What the field takes says more than the general way out of a wrong input.
  return [...info, ...wrapped(message, 'status.error'), ...(help.length > 0 ? help : wrapped(next, 'muted'))];
}

/** What the path that is being typed could become; empty where nothing is to be said. */
function pathText(form: FormState, t: Translate): string {
  const seen = form.pathSeen;
  if (!seen || seen.path === '' || seen.path !== form.values[form.focus] || seen.kind === 'file') return '';
  return seen.candidates.length === 0
    ? ''
    : t('wizard.path.candidates', { names: sanitiseLine(seen.candidates.join('  '), 400) });
}

/** The problem of a field that was left once. */
const shownProblem = (form: FormState, field: FormField) =>
  form.touched.has(field.id) ? fieldProblem(field, form.values) : null;

const leftPress = { button: 'left', x: 0, y: 0, isDouble: false } as const;

export function FormOverlay({ overlay, layout }: OverlayProps<'form'>) {
  const actions = useActions();
  const t = useTranslate();
  const { glyphs } = useTheme();
  const { form } = overlay;
  const fields = visibleFields(form);
  const width = Math.min(layout.body.width - 2, 96);
  const inner = width - 2;
  const labelWidth = Math.min(
    Math.floor(inner * 0.5),
    Math.max(...fields.map(({ label }) => cellWidth(say(t, label)))) + 2,
  );
  const below = messages(form, t, inner);
  const messageHeight = Math.min(
    Math.max(3, below.length),
    // A few fields stay in sight, whatever is said below them.
    Math.max(Math.floor(layout.body.height / 3), layout.body.height - 6 - Math.min(fields.length, 8)),
  );
  const rect = inBody(layout, width, fields.length + messageHeight + 6);
  // Border, a blank above the messages, and the buttons with a blank: the rest is for the fields.
  const inSight = Math.min(fields.length, rect.height - messageHeight - 4);
  const focused = fields.findIndex(({ id }) => id === form.focus);
  const first = tableWindow(fields.length, inSight, focused < 0 ? fields.length - 1 : focused, 0);
  const above = rect.height - 2 - inSight - messageHeight - 2;
  return (
    <Place {...rect}>
      <Frame width={rect.width} height={rect.height} title={say(t, form.title)} isFocused>
        <Lines width={inner} height={rect.height - 2} lines={[]} />
        {fields.slice(first, first + inSight).map((field, i) => (
          <Place key={field.id} x={0} y={i + Math.min(1, above)} width={inner} height={1}>
            <HitArea
              width={inner}
              height={1}
              onMouse={(press) => actions && pressInForm(actions, field.id, press)}
            />
            <Lines
              width={labelWidth}
              height={1}
              lines={[
                [
                  span(shownProblem(form, field) === null ? ' ' : glyphs.failed, 'status.error'),
                  span(
                    `${fitCells(say(t, field.label), labelWidth - 2)} `,
                    field.id === form.focus ? 'accent' : 'text',
                  ),
                ],
              ]}
            />
            <Place x={labelWidth} y={0} width={inner - labelWidth - 1} height={1}>
              <FieldView field={field} form={form} width={inner - labelWidth - 1} t={t} glyphs={glyphs} />
            </Place>
          </Place>
        ))}
        <Place x={0} y={rect.height - 4 - messageHeight} width={inner} height={messageHeight}>
          <Lines width={inner} height={messageHeight} lines={below} />
        </Place>
        <Place x={0} y={rect.height - 3} width={inner} height={1}>
          <Buttons
            width={inner}
            buttons={[
              { id: 'submit', label: say(t, form.submitLabel), isDisabled: form.isBusy },
              { id: 'cancel', label: t('console.button.cancel') },
            ]}
            focused={form.focus}
            onPress={(id) => actions && pressInForm(actions, id, leftPress)}
          />
        </Place>
      </Frame>
    </Place>
  );
}

/** B102. A command may have several lines; the field has one. */
const shownText = (text: string): string => visibleText(text.replace(/\r?\n/g, '↵'));

interface FieldViewProps {
  readonly field: FormField;
  readonly form: FormState;
  readonly width: number;
  readonly t: Translate;
  readonly glyphs: Glyphs;
}

function FieldView({ field, form, width, t, glyphs }: FieldViewProps) {
  const isFocused = form.focus === field.id;
  if (field.kind === 'text' || field.kind === 'secret') {
    const { text, cursor } = fieldText(form, field.id);
    const isMasked = field.kind === 'secret' && form.revealed !== field.id;
    return (
      <TextField
        text={isMasked ? text : shownText(text)}
        cursor={isMasked ? cursor : shownText(text.slice(0, cursor)).length}
        width={width}
        isFocused={isFocused}
        isMasked={isMasked}
        placeholder={field.placeholder ? say(t, field.placeholder) : ''}
        x={0}
        y={0}
      />
    );
  }
  const role = isFocused ? 'selection' : 'text';
  const line: StyledLine =
    field.kind === 'check'
      ? [span(form.values[field.id] === 'yes' ? glyphs.checked : glyphs.unchecked, role)]
      : (field.choices ?? []).flatMap(({ id, label }) => {
          const isChosen = id === (form.values[field.id] ?? '');
          const sign = isChosen ? glyphs.chosen : glyphs.notChosen;
          return [span(`${sign} ${sayAny(t, label)}`, isChosen ? role : 'muted'), span('  ')];
        });
  return <Lines width={width} height={1} lines={[line]} />;
}
