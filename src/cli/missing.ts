import { failed } from '../domain/failure.ts';

/** What a command cannot do without, as a word of i18n's `failures.need.*`. */
export const missing = (need: string) => failed('input.missing', { need });
