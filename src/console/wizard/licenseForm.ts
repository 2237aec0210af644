import type { Failure } from '../../domain/failure.ts';
import { checkLicenseKey } from '../../domain/licenseKey.ts';
import { dateProblem, seatsProblem, type TypedLicense } from '../licenseEntry.ts';
import type { FocusableField, Problem } from './field.ts';
import { option } from './option.ts';
import { chosenPackage } from './packageChoice.ts';
import type { WizardContext, WizardState } from './wizardState.ts';
import { emptyLicenseForm } from './wizardValues.ts';

const indent = 4;
const optional = { placeholder: { key: 'wizard.optional' } } as const;

/** B36: a license that is added on the spot. */
export function licenseFormFields({ values }: WizardState): readonly FocusableField[] {
  const isFile = values.licenseKeyFrom === 'file';
  const fields: readonly FocusableField[] = [
    { ...option('licenseName'), kind: 'text', value: 'licenseName', indent },
    { ...option('licenseProduct'), kind: 'text', value: 'licenseProduct', indent },
    {
      ...option('licenseKeyFrom.typed'),
      kind: 'radio',
      value: 'licenseKeyFrom',
      choice: 'typed',
      indent,
    },
    { ...option('licenseKeyFrom.file'), kind: 'radio', value: 'licenseKeyFrom', choice: 'file', indent },
    isFile
      ? { ...option('licenseKeyFile'), kind: 'text', value: 'licenseKeyFile', isPath: true, indent }
      : { ...option('licenseKey'), kind: 'secret', value: 'licenseKey', indent },
    { ...option('licenseSeats'), kind: 'text', value: 'licenseSeats', ...optional, indent },
    { ...option('licenseExpires'), kind: 'text', value: 'licenseExpires', ...optional, indent },
    { ...option('saveLicense'), kind: 'button', indent },
    { ...option('discardLicense'), kind: 'button', indent },
  ];
  return fields.map((field) => ({ ...field, enterMoves: true }));
}

/** The form unfolds with the chosen package's name. */
export const openLicenseForm = (state: WizardState, context: WizardContext): WizardState => ({
  ...state,
  isLicenseFormOpen: true,
  focus: 'licenseName',
  values: {
    ...state.values,
    ...emptyLicenseForm,
    licenseName: chosenPackage(state, context)?.name ?? '',
    licenseProduct: chosenPackage(state, context)?.name ?? '',
  },
});

/** The form folded and its key gone. */
export const withoutLicenseForm = (state: WizardState): WizardState => ({
  ...state,
  isLicenseFormOpen: false,
  values: { ...state.values, ...emptyLicenseForm },
});

/** What is missing or wrong in the form. */
export function licenseFormProblems({ values }: WizardState): readonly Problem[] {
  const problems: Problem[] = [];
  const required = (field: 'licenseName' | 'licenseProduct' | 'licenseKeyFile'): void => {
    if (values[field].trim() === '') problems.push({ field, words: { key: 'wizard.problem.licenseField' } });
  };
  required('licenseName');
  required('licenseProduct');
  if (values.licenseKeyFrom === 'file') required('licenseKeyFile');
  else {
    const key = checkLicenseKey(values.licenseKey);
    if (!key.ok) problems.push({ field: 'licenseKey', words: key.failure });
  }
  const seats = values.licenseSeats.trim() === '' ? null : seatsProblem(values.licenseSeats);
  if (seats !== null) problems.push({ field: 'licenseSeats', words: seats });
  const expires = values.licenseExpires.trim() === '' ? null : dateProblem(values.licenseExpires);
  if (expires !== null) problems.push({ field: 'licenseExpires', words: expires });
  return problems;
}

export const typedLicenseOf = ({ values }: WizardState): TypedLicense => ({
  name: values.licenseName,
  product: values.licenseProduct,
  keyFrom: values.licenseKeyFrom,
  key: values.licenseKey,
  keyFile: values.licenseKeyFile,
  seats: values.licenseSeats,
  expires: values.licenseExpires,
  note: '',
});

const fieldOfInput: Readonly<Record<string, string>> = {
  name: 'licenseName',
  product: 'licenseProduct',
  expiresOn: 'licenseExpires',
  seatsTotal: 'licenseSeats',
  key: 'licenseKey',
};

/** Which option of the form a refusal is about. */
export const fieldOfLicenseFailure = ({ code, params }: Failure): string =>
  code === 'input.nameTaken' ? 'licenseName' : (fieldOfInput[params['field'] ?? ''] ?? 'saveLicense');
