import type { Translate } from '../../../i18n/translate.ts';
import { cellWidth, fitCells } from '../../../shared/cellWidth.ts';
import { sanitiseLine } from '../../../shared/sanitise.ts';
import { say, type Words } from '../../state/words.ts';
import type { Glyphs } from '../../terminal/glyphs.ts';
import { type StyledLine, span } from '../../terminal/roles.ts';
import { chosenPackage, packageLabel } from '../packageChoice.ts';
import { neighbourStep, shownSteps, stepOf } from '../registry.ts';
import { footerOf, windowFields } from '../wizardFocus.ts';
import { type FooterButton, isEditing, type WizardContext, type WizardState } from '../wizardState.ts';
import type { Caret, Drawing, Drawn } from './drawing.ts';
import { fieldLines, problemLines } from './fieldLines.ts';
import { noteLines } from './optionLines.ts';
import { type InView, scrollTop } from './scroll.ts';

/** The wizard's screen as lines. Inside of the frame: `heading`, `lines`, `footer`. */
export interface WizardView {
  readonly title: string;
  readonly heading: StyledLine;
  readonly lines: readonly StyledLine[];
  /** In `lines`; null: no text has the focus. */
  readonly caret: Caret | null;
  /** How much of the window is out of sight. */
  readonly above: number;
  readonly below: number;
  readonly footer: StyledLine;
  readonly more: string;
}

/** Lines of the frame's inside that the window's options do not have: heading and buttons. */
export const linesAroundBody = 2;
const margin = 1;

function titleOf(state: WizardState, context: WizardContext, t: Translate): string {
  if (state.base !== null) {
    const { number, name } = state.base.task;
    return t(`wizard.titleOf.${state.base.use}`, { number, name: sanitiseLine(name, 80) });
  }
  const chosen = chosenPackage(state, context);
  return chosen === null
    ? t('wizard.title')
    : t('wizard.titleFor', { package: sanitiseLine(packageLabel(chosen), 80) });
}

function headingOf({ state, t }: Drawing, context: WizardContext): StyledLine {
  const steps = shownSteps(state);
  const number = steps.findIndex(({ id }) => id === state.step) + 1;
  const place = `${t('wizard.window', { number, total: steps.length })}  `;
  const step = stepOf(state.step);
  const { title = step.title, editTitle = title } = {
    ...step,
    ...(step.titleFor && { title: step.titleFor(state, context) }),
  };
  return [span(place, 'muted'), span(t(isEditing(state) ? editTitle : title), 'heading')];
}

/** Devices are asked while the windows are used: in whichever window that is. */
function checkUnderWay({ trial, plan }: WizardState): Words | null {
  const [key, check] = trial?.isRunning
    ? (['wizard.beside.trial', trial] as const)
    : (['wizard.beside.plan', plan] as const);
  return check?.isRunning ? { key, params: { done: check.rows.length, total: check.total } } : null;
}

/** Buttons on the left, on the right what is under way or, while nothing is, the key for all help texts (B2). */
function footerLine({ state, t, width }: Drawing): StyledLine {
  const isLast = isEditing(state) && neighbourStep(state, 1) === null;
  const labelOf = (button: FooterButton) => (button === 'next' && isLast ? 'save' : button);
  const buttons = footerOf(state).flatMap((button) => [
    span(`[ ${t(`wizard.button.${labelOf(button)}`)} ]`, state.focus === button ? 'selection' : 'text'),
    span('  '),
  ]);
  const used = buttons.reduce((sum, { text }) => sum + cellWidth(text), 0);
  const help = t(state.help.isAllShown ? 'wizard.help.allShown' : 'wizard.help.allHidden');
  const beside = checkUnderWay(state);
  const active =
    state.busy !== null ? t(`wizard.busy.${state.busy}`) : beside === null ? null : say(t, beside);
  const right = fitCells(active ?? help, Math.max(0, width - used), { align: 'right' });
  return [...buttons, span(right, active === null ? 'muted' : 'status.active')];
}

/** What keeps the whole window from being left stands above its buttons. */
function windowProblems(drawing: Drawing): readonly StyledLine[] {
  return problemLines(drawing, 'next', 0);
}

/** What stays in sight: never more than a third of the window, and then its end. */
function statusLines(drawing: Drawing, context: WizardContext): readonly StyledLine[] {
  const notes = stepOf(drawing.state.step).status?.(drawing.state, context) ?? [];
  const lines = notes.flatMap((note) => noteLines(drawing, note).lines);
  return lines.slice(-Math.max(1, Math.floor(drawing.height / 3)));
}

function inView(all: readonly Drawn[], focused: number): InView {
  const from = all.slice(0, focused).reduce((sum, { lines }) => sum + lines.length, 0);
  const one = all[focused]!;
  return { from, to: from + one.lines.length, line: from + one.focusLine };
}

/** Null where its line is out of sight. */
function caretIn(caret: Caret | null, from: number, height: number): Caret | null {
  if (caret === null || from + caret.line < 0 || from + caret.line >= height) return null;
  return { line: from + caret.line, cell: caret.cell + margin };
}

export interface WizardSize {
  /** Cells inside the frame. */
  readonly width: number;
  readonly height: number;
}

/** The wizard as lines of text and role: pure, the same state and size always give the same screen. */
export function buildWizardView(
  state: WizardState,
  context: WizardContext,
  t: Translate,
  glyphs: Glyphs,
  size: WizardSize,
): WizardView {
  const room: Drawing = {
    state,
    t,
    glyphs,
    width: size.width - 2 * margin,
    height: size.height - linesAroundBody,
  };
  const problems = [...statusLines(room, context), ...windowProblems(room)];
  const drawing: Drawing = { ...room, height: room.height - problems.length };
  const fields = windowFields(state, context);
  const all = fields.map((field) => fieldLines(drawing, field));
  const lines = all.flatMap((one) => one.lines);
  // A section's blank line has no use at the very top.
  const skipped = lines[0]?.length === 0 ? 1 : 0;
  const focused = fields.findIndex(({ id }) => id === state.focus);
  const view =
    focused < 0 ? { from: lines.length, to: lines.length, line: lines.length - 1 } : inView(all, focused);
  const total = lines.length - skipped;
  const shift = (at: number): number => Math.max(0, at - skipped);
  const height = Math.max(1, drawing.height);
  const top =
    state.focus === 'next' && focused < 0
      ? Math.max(0, total - height)
      : scrollTop(total, height, { from: shift(view.from), to: shift(view.to), line: shift(view.line) });
  const shown = lines.slice(skipped + top, skipped + top + height);
  const caret = focused < 0 ? null : (all[focused]?.caret ?? null);
  const below = Math.max(0, total - top - height);
  const indented = (line: StyledLine): StyledLine => [span(' '.repeat(margin)), ...line];
  const padding = Array.from({ length: Math.max(0, height - shown.length) }, (): StyledLine => []);
  return {
    title: titleOf(state, context, t),
    heading: indented(headingOf(room, context)),
    lines: [...shown, ...padding, ...problems].map(indented),
    caret: caretIn(caret, shift(view.from) - top, height),
    above: top,
    below,
    footer: indented(footerLine(room)),
    more: [
      top > 0 ? `${glyphs.up} ${t('wizard.more.above', { count: top })}` : '',
      below > 0 ? `${glyphs.down} ${t('wizard.more.below', { count: below })}` : '',
    ]
      .filter((text) => text !== '')
      .join('  '),
  };
}
