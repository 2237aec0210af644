import type { Failure } from '../../domain/failure.ts';
import type { MessageKey } from '../../i18n/messages.ts';
import type { ActionId } from '../keys/keymap.ts';
import type { Role } from '../terminal/roles.ts';
import type { FormState } from './formState.ts';
import type { TextValue } from './textValue.ts';
import type { Words } from './words.ts';

/** One line of a report: words of ours, text of the domain that is sanitised where it is drawn, or a failure. */
export interface ReportLine {
  readonly content:
    | Words
    | { readonly plain: string }
    | { readonly failure: Failure; readonly before: Words | null };
  readonly role: Role;
}

export interface ChoiceItem {
  readonly id: string;
  readonly label: Words | { readonly plain: string };
}

/** What stands above the panes and takes the keys first. */
export type Overlay =
  | { readonly kind: 'menu'; readonly items: readonly ActionId[]; readonly cursor: number }
  | {
      readonly kind: 'confirm';
      readonly title: Words;
      /** What will happen, in words. */
      readonly lines: readonly Words[];
      /** The first one is the safe one and has the focus. */
      readonly buttons: readonly ConfirmButton[];
      readonly cursor: number;
    }
  | { readonly kind: 'form'; readonly form: FormState }
  | {
      readonly kind: 'choice';
      readonly title: Words;
      readonly items: readonly ChoiceItem[];
      readonly cursor: number;
      readonly onChosen: (id: string) => void;
    }
  /** A list that is narrowed by typing. */
  | {
      readonly kind: 'pick';
      readonly title: Words;
      readonly query: TextValue;
      readonly items: readonly ChoiceItem[];
      readonly cursor: number;
      /** Offers what was typed as an entry of its own, where no item is called so; its param is `name`. */
      readonly newItem: MessageKey | null;
      /** `id` null: the new entry. */
      readonly onChosen: (id: string | null, query: string) => void;
    }
  | {
      readonly kind: 'report';
      readonly title: Words;
      readonly lines: readonly ReportLine[];
      readonly top: number;
    }
  | {
      readonly kind: 'filter';
      readonly tableKey: string;
      readonly value: TextValue;
      readonly before: string;
      /** Which of the earlier filters stands here; absent: what was typed. */
      readonly recalled?: number;
    }
  | { readonly kind: 'logSearch'; readonly value: TextValue }
  /** The palette: type-ahead over every action and every object. */
  | { readonly kind: 'palette'; readonly value: TextValue; readonly cursor: number }
  /** Everything about the row under the table's cursor. */
  | { readonly kind: 'details'; readonly top: number }
  | { readonly kind: 'help'; readonly top: number };

export interface ConfirmButton {
  readonly label: Words;
  /** Null: only closes the dialog. */
  readonly perform: (() => void) | null;
}
