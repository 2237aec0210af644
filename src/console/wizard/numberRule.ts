import { shareOf } from '../../domain/share.ts';
import type { NumberField, Problem } from './field.ts';
import type { WizardValues } from './wizardValues.ts';

/** The number in a field; null: empty. Full-width digits, as Japanese input methods type them, count. */
export function numberOf(text: string | null): number | null {
  const plain = (text ?? '').normalize('NFKC').trim();
  if (plain === '') return null;
  return /^\d{1,12}$/.test(plain) ? Number(plain) : Number.NaN;
}

function isGood(field: NumberField, text: string | null): boolean {
  if ((text ?? '').trim() === '') return field.whenEmpty !== undefined;
  if (field.isShare) return shareOf(text ?? '') !== null;
  const value = numberOf(text)!;
  return value >= field.min && value <= field.max;
}

/** Refused when it is not a whole number in the field's limits; empty only where empty means something. */
export function numberProblem(field: NumberField, values: WizardValues): Problem | null {
  if (isGood(field, values[field.value])) return null;
  const params = { min: field.min, max: field.max };
  return {
    field: field.id,
    words: {
      key: field.isShare
        ? 'wizard.problem.share'
        : field.whenEmpty === undefined
          ? 'wizard.problem.number'
          : 'wizard.problem.numberOrEmpty',
      params,
    },
  };
}

/** The problems of all numbers among these fields. */
export const numberProblems = (
  fields: readonly { readonly kind: string }[],
  values: WizardValues,
): readonly Problem[] =>
  fields
    .filter((field): field is NumberField => field.kind === 'number')
    .map((field) => numberProblem(field, values))
    .filter((problem) => problem !== null);
