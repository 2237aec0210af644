import { licenseDeliveryOf, licenseDeliveryText } from '../../../domain/licenseDelivery.ts';
import type { License } from '../../../domain/model.ts';
import { isFound } from '../../../shared/searchForm.ts';
import type { Field, ListRow, NoteField, Problem, Words } from '../field.ts';
import {
  containedLicense,
  offeredLicenses,
  refusalOf,
  seatsShort,
  selectedLicense,
} from '../licenseChoice.ts';
import { licenseFacts, licenseLine } from '../licenseFacts.ts';
import {
  licenseFormFields,
  licenseFormProblems,
  openLicenseForm,
  typedLicenseOf,
  withoutLicenseForm,
} from '../licenseForm.ts';
import { option } from '../option.ts';
import { chosenPackage } from '../packageChoice.ts';
import { licenseSummary } from '../summary.ts';
import { isEditing, type Transition, type WizardContext, type WizardState } from '../wizardState.ts';
import type { WizardStep } from '../wizardStep.ts';

const noLicense = ({ model }: WizardContext): Words | null =>
  model.licenses.size > 0 ? null : { key: 'wizard.reason.noLicense' };

/** Those that do not fit stand below, with the reason. */
function licenseRows(state: WizardState, context: WizardContext): readonly ListRow[] {
  const selected = selectedLicense(state, context);
  return offeredLicenses(state, context)
    .filter(({ name, product }) => isFound(state.values.licenseSearch, name, product))
    .map((license): ListRow => {
      const reason = refusalOf(license, state, context);
      const row = {
        id: license.id,
        text: license.name,
        mark: license.id === selected?.id ? 'on' : 'off',
      } as const;
      return reason === null ? { ...row, detail: licenseLine(license) } : { ...row, reason, role: 'muted' };
    });
}

/** What reaches the installer, and how; and the devices that the seats do not suffice for. */
function notes(license: License, state: WizardState, context: WizardContext): readonly NoteField[] {
  const { beyond, total } = seatsShort(license, state, context);
  const delivery = licenseDeliveryText(licenseDeliveryOf(chosenPackage(state, context) ?? {}));
  const handedOver: NoteField = {
    kind: 'note',
    id: 'licenseHandedOver',
    words: { key: 'wizard.note.licenseHandedOver', params: { delivery } },
    role: 'muted',
  };
  if (beyond === 0) return [handedOver];
  const words: Words = { key: 'wizard.note.seatsShort', params: { beyond, total, name: license.name } };
  return [handedOver, { kind: 'note', id: 'seatsShort', words, role: 'warning' }];
}

function selectionFields(state: WizardState, context: WizardContext): readonly Field[] {
  const selected = selectedLicense(state, context);
  const isSelecting = state.values.license === 'select';
  return [
    { kind: 'section', id: 'choice', label: { key: 'wizard.license.choice' } },
    { ...option('license.none'), kind: 'radio', value: 'license', choice: 'none' },
    {
      ...option('license.select'),
      kind: 'radio',
      value: 'license',
      choice: 'select',
      disabled: noLicense(context),
    },
    ...(isSelecting
      ? [
          {
            ...option('licenses'),
            kind: 'list',
            rows: licenseRows(state, context),
            height: 8,
            marks: 'circles',
            empty: { key: 'wizard.reason.noLicense' },
            keys: ['mark'],
            search: 'licenseSearch',
            indent: 4,
          } as const,
        ]
      : []),
    { ...option('addLicense'), kind: 'button', indent: 4 },
    ...(state.isLicenseFormOpen ? licenseFormFields(state) : []),
    ...(isSelecting && !isEditing(state) ? deliveryFields : []),
    ...(selected === null ? [] : notes(selected, state, context)),
  ];
}

const deliveryFields: readonly Field[] = [
  { kind: 'section', id: 'delivery', label: { key: 'wizard.license.delivery' } },
  { ...option('licenseDelivery.withTask'), kind: 'radio', value: 'licenseDelivery', choice: 'withTask' },
  { ...option('licenseDelivery.inPackage'), kind: 'radio', value: 'licenseDelivery', choice: 'inPackage' },
];

/** B38: read-only. */
const propertiesFields = (license: License, state: WizardState, context: WizardContext): readonly Field[] => [
  ...licenseFacts(license),
  ...notes(license, state, context),
];

function selectionProblems(state: WizardState, context: WizardContext): readonly Problem[] {
  if (state.isLicenseFormOpen) {
    return [{ field: 'saveLicense', words: { key: 'wizard.problem.licenseNotSaved' } }];
  }
  if (state.values.license === 'none') return [];
  const selected = selectedLicense(state, context);
  const also = ['license.none', 'license.select'];
  if (selected === null) return [{ field: 'licenses', also, words: { key: 'wizard.problem.noLicense' } }];
  const refusal = refusalOf(selected, state, context);
  return refusal === null ? [] : [{ field: 'licenses', also, words: refusal }];
}

function saveLicense(state: WizardState): Transition {
  const problems = licenseFormProblems(state);
  if (problems.length > 0) return [{ ...state, problems, focus: problems[0]!.field }, null];
  return [state, { kind: 'saveLicense', license: typedLicenseOf(state) }];
}

const buttons: Readonly<Record<string, (state: WizardState, context: WizardContext) => Transition>> = {
  addLicense: (state, context) => [openLicenseForm(state, context), null],
  saveLicense,
  discardLicense: (state) => [{ ...withoutLicenseForm(state), focus: 'addLicense', problems: [] }, null],
};

/** Window 3: License selection (B36), or the properties of the license that the package contains (B38). */
export const licenseStep: WizardStep = {
  id: 'license',
  summary: licenseSummary,
  title: 'wizard.license.title',
  titleFor: (state, context) =>
    containedLicense(state, context) === null ? 'wizard.license.title' : 'wizard.license.properties',
  isShown: () => true,
  fields(state, context) {
    const contained = containedLicense(state, context);
    return contained === null ? selectionFields(state, context) : propertiesFields(contained, state, context);
  },
  firstFocus: ({ values }) => (values.license === 'none' ? 'license.none' : 'licenses'),
  validate(state, context) {
    const contained = containedLicense(state, context);
    if (contained === null) return selectionProblems(state, context);
    const refusal = refusalOf(contained, state, context);
    return refusal === null ? [] : [{ field: 'next', words: refusal }];
  },
  press: (state, context, button) => buttons[button]?.(state, context) ?? [state, null],
  row(state, _context, list, row, verb) {
    if (list !== 'licenses' || verb !== 'toggle') return state;
    return { ...state, values: { ...state.values, licenseId: row } };
  },
};
