import type { ConsoleContext } from '../consoleContext.ts';
import { type Words, words } from '../state/words.ts';
import { openForm } from './openForm.ts';

export interface TypedQuestion {
  readonly title: Words;
  /** What will happen, in words. */
  readonly lines: readonly Words[];
  /** What must be typed: a name, or how many it is about. */
  readonly word: string;
  /** Asks for the word. */
  readonly ask: Words;
  readonly label: Words;
  perform(): Promise<void>;
}

/** A question for what is really dangerous: the button works only after its object has been typed. */
export function confirmByTyping(
  context: ConsoleContext,
  { title, lines, word, ask, label, perform }: TypedQuestion,
) {
  const isTyped = (text: string): boolean => text.trim().toLowerCase() === word.toLowerCase();
  openForm(context, {
    title,
    fields: [
      {
        id: 'word',
        kind: 'text',
        label: words('changes.confirm.type'),
        help: ask,
        isRequired: true,
        check: (text) => (isTyped(text) ? null : words('changes.confirm.notTyped')),
      },
    ],
    values: {},
    warnings: lines,
    submitLabel: label,
    async submit() {
      await perform();
      return null;
    },
  });
}
