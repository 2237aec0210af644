import type { MessageKey } from '../../i18n/messages.ts';
import type { FactField, Field, NoteField, Problem } from './field.ts';
import type { WizardEffect } from './wizardEffect.ts';
import type { StepId, Transition, WizardContext, WizardState } from './wizardState.ts';

export type RowVerb = 'toggle' | 'markAll' | 'expand' | 'collapse' | 'raise' | 'lower';

/** One window. Adding one is a file in steps/ and a line in registry.ts. */
export interface WizardStep {
  readonly id: StepId;
  readonly title: MessageKey;
  /** Its title where a task is edited; absent: the same. */
  readonly editTitle?: MessageKey;
  /** Its title where that depends on what was chosen; absent: always the same. */
  titleFor?(state: WizardState, context: WizardContext): MessageKey;
  isShown(state: WizardState): boolean;
  /** The window from top to bottom, as data. */
  fields(state: WizardState, context: WizardContext): readonly Field[];
  /** What stays in sight above the buttons, however far the window is scrolled. */
  status?(state: WizardState, context: WizardContext): readonly NoteField[];
  /** What was chosen here, for the last window. */
  summary?(state: WizardState, context: WizardContext): readonly FactField[];
  /** What was chosen in all windows stands below this one's options, and a window's number goes there. */
  readonly showsWholeTask?: true;
  /** Keys of this window's own, for the hint bar. */
  readonly hints?: readonly { readonly chord: string; readonly label: MessageKey }[];
  /** What keeps Next from going on; empty: nothing. */
  validate(state: WizardState, context: WizardContext): readonly Problem[];
  /** The option that is worked on first; absent: the first one of the window. */
  firstFocus?(state: WizardState, context: WizardContext): string;
  /** Work that Next waits for; null: none, or it is done already. */
  beforeNext?(state: WizardState, context: WizardContext): WizardEffect | null;
  press?(state: WizardState, context: WizardContext, button: string): Transition;
  row?(state: WizardState, context: WizardContext, list: string, row: string, verb: RowVerb): WizardState;
}
