import type { MessageKey } from '../../i18n/messages.ts';
import { type FocusableField, isSearched, isTyped } from './field.ts';

export type WizardCommand =
  | 'focusNext'
  | 'focusPrevious'
  | 'up'
  | 'down'
  | 'pageUp'
  | 'pageDown'
  | 'first'
  | 'last'
  | 'left'
  | 'right'
  | 'toggle'
  | 'markAll'
  | 'raise'
  | 'lower'
  | 'activate'
  | 'next'
  | 'back'
  | 'help'
  | 'allHelp'
  | 'save'
  | 'reveal'
  | 'leave';

/** What has the focus: a field of the window, or a footer button. */
export type Focused = FocusableField | null;

interface WizardBinding {
  readonly command: WizardCommand;
  readonly chords: readonly string[];
  readonly label: MessageKey;
  /** Only where this says so; absent: everywhere. */
  readonly isFor?: (focused: Focused) => boolean;
  /** Only where a task is edited. */
  readonly isEditorOnly?: boolean;
  /** Lower comes first in the hint bar; absent: not shown there. */
  readonly hint?: number;
}

const isPlainList = (focused: Focused): boolean => focused?.kind === 'list' && !isSearched(focused);
const listHas = (key: 'mark' | 'markAll' | 'expand' | 'reorder') => (focused: Focused) =>
  focused?.kind === 'list' && focused.keys.includes(key);
const canToggle = (focused: Focused): boolean =>
  focused?.kind === 'checkbox' || focused?.kind === 'radio' || listHas('mark')(focused);
const isPressed = (focused: Focused): boolean => focused === null || focused.kind === 'button';
const isPlain = (focused: Focused): boolean => focused === null || !isTyped(focused);
/** Letters are commands only where they are not typed: neither into a text nor into a list that they narrow. */
const hasLetters = (focused: Focused): boolean => isPlain(focused) && !isSearched(focused);

/**
 * Every key of the wizard, as data: the reducer and the hint bar read this table, the first match counts. Keys that
 * edit a text go to the focused text before (textValue.ts); those that must work everywhere are no letters.
 */
export const wizardKeymap: readonly WizardBinding[] = [
  { command: 'toggle', chords: ['space'], label: 'wizard.key.toggle', isFor: canToggle, hint: 10 },
  { command: 'toggle', chords: ['space'], label: 'wizard.key.press', isFor: isPressed },
  {
    command: 'markAll',
    chords: ['*'],
    label: 'wizard.key.markAll',
    isFor: listHas('markAll'),
    hint: 12,
  },
  {
    command: 'right',
    chords: ['right'],
    label: 'wizard.key.expand',
    isFor: listHas('expand'),
    hint: 14,
  },
  {
    command: 'raise',
    chords: ['-', 'alt+up', 'ctrl+up'],
    label: 'wizard.key.raise',
    isFor: listHas('reorder'),
    hint: 15,
  },
  {
    command: 'lower',
    chords: ['+', 'alt+down', 'ctrl+down'],
    label: 'wizard.key.lower',
    isFor: listHas('reorder'),
    hint: 16,
  },
  { command: 'activate', chords: ['enter'], label: 'wizard.key.press', isFor: isPressed, hint: 11 },
  {
    command: 'activate',
    chords: ['enter'],
    label: 'wizard.key.focusNext',
    isFor: (focused) => focused?.enterMoves === true,
    hint: 20,
  },
  { command: 'activate', chords: ['enter'], label: 'wizard.key.next', hint: 20 },
  { command: 'focusNext', chords: ['tab'], label: 'wizard.key.focusNext', hint: 30 },
  { command: 'focusPrevious', chords: ['shift+tab'], label: 'wizard.key.focusPrevious' },
  { command: 'up', chords: ['up'], label: 'wizard.key.up' },
  { command: 'down', chords: ['down'], label: 'wizard.key.down' },
  { command: 'up', chords: ['k'], label: 'wizard.key.up', isFor: hasLetters },
  { command: 'down', chords: ['j'], label: 'wizard.key.down', isFor: hasLetters },
  { command: 'pageUp', chords: ['pageup'], label: 'wizard.key.pageUp' },
  { command: 'pageDown', chords: ['pagedown'], label: 'wizard.key.pageDown' },
  { command: 'first', chords: ['home'], label: 'wizard.key.first', isFor: isPlain },
  { command: 'last', chords: ['end'], label: 'wizard.key.last', isFor: isPlain },
  { command: 'first', chords: ['g'], label: 'wizard.key.first', isFor: hasLetters },
  { command: 'last', chords: ['G'], label: 'wizard.key.last', isFor: hasLetters },
  { command: 'left', chords: ['left'], label: 'wizard.key.left' },
  { command: 'right', chords: ['right'], label: 'wizard.key.right' },
  { command: 'left', chords: ['h'], label: 'wizard.key.left', isFor: isPlainList },
  { command: 'right', chords: ['l'], label: 'wizard.key.right', isFor: isPlainList },
  { command: 'help', chords: ['?'], label: 'wizard.key.help', isFor: isPlain, hint: 40 },
  { command: 'help', chords: ['ctrl+g'], label: 'wizard.key.help', hint: 40 },
  { command: 'allHelp', chords: ['ctrl+t'], label: 'wizard.key.allHelp', hint: 50 },
  { command: 'save', chords: ['ctrl+s'], label: 'wizard.key.save', isEditorOnly: true, hint: 35 },
  {
    command: 'reveal',
    chords: ['ctrl+r'],
    label: 'wizard.key.reveal',
    isFor: (focused) => focused?.kind === 'secret',
    hint: 25,
  },
  { command: 'next', chords: ['ctrl+n'], label: 'wizard.key.next' },
  { command: 'back', chords: ['ctrl+p'], label: 'wizard.key.back', hint: 70 },
  { command: 'leave', chords: ['escape'], label: 'wizard.key.leave', hint: 60 },
];

const isOffered = (binding: WizardBinding, focused: Focused, isEditor: boolean): boolean =>
  (binding.isFor?.(focused) ?? true) && (isEditor || binding.isEditorOnly !== true);

/** What a chord does here; null: nothing. */
export const commandOf = (chord: string, focused: Focused, isEditor = false): WizardCommand | null =>
  wizardKeymap.find((binding) => binding.chords.includes(chord) && isOffered(binding, focused, isEditor))
    ?.command ?? null;

/** The hint bar: the keys that work where the focus is, the most useful first. */
export function wizardHints(
  focused: Focused,
  isEditor = false,
): readonly { readonly chord: string; readonly label: MessageKey }[] {
  const taken = new Set<string>();
  const hints: (WizardBinding & { readonly hint: number })[] = [];
  for (const binding of wizardKeymap) {
    const [chord] = binding.chords;
    if (!isOffered(binding, focused, isEditor) || taken.has(chord!) || taken.has(binding.command)) continue;
    taken.add(chord!).add(binding.command);
    if (binding.hint !== undefined) hints.push({ ...binding, hint: binding.hint });
  }
  return hints.toSorted((a, b) => a.hint - b.hint).map(({ chords, label }) => ({ chord: chords[0]!, label }));
}
