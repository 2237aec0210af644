import { parseLicenseDelivery } from '../../domain/licenseDelivery.ts';
import { checkLicenseKey } from '../../domain/licenseKey.ts';
import type { License } from '../../domain/model.ts';
import { dateProblem, seatsProblem, type TypedLicense } from '../licenseEntry.ts';
import type { FormField, FormValues } from '../state/formState.ts';
import { words } from '../state/words.ts';
import { checkedBy } from './openForm.ts';

const isTyped = (values: FormValues): boolean => values['keyFrom'] === 'typed';
const isFile = (values: FormValues): boolean => values['keyFrom'] === 'file';

/** A key that is stored may be left empty; `before` null: nothing is stored yet. */
export function licenseFields(before: License | null): readonly FormField[] {
  const key = { isRequired: before === null, ...(before && { placeholder: words('changes.form.stored') }) };
  return [
    { id: 'name', kind: 'text', label: words('licenses.form.name'), isRequired: true },
    {
      id: 'product',
      kind: 'text',
      label: words('licenses.form.product'),
      help: words('licenses.form.product.help'),
      isRequired: true,
    },
    {
      id: 'keyFrom',
      kind: 'choice',
      label: words('licenses.form.keyFrom'),
      choices: [
        { id: 'typed', label: words('licenses.form.keyFrom.typed') },
        { id: 'file', label: words('licenses.form.keyFrom.file') },
      ],
    },
    {
      id: 'key',
      kind: 'secret',
      label: words('licenses.form.key'),
      help: words('licenses.form.key.help'),
      isVisible: isTyped,
      check: checkedBy(checkLicenseKey),
      ...key,
    },
    {
      id: 'keyFile',
      kind: 'text',
      label: words('licenses.form.keyFile'),
      help: words('licenses.form.keyFile.help'),
      isPath: true,
      isVisible: isFile,
      ...key,
    },
    {
      id: 'seats',
      kind: 'text',
      label: words('licenses.form.seats'),
      help: words('licenses.form.seats.help'),
      check: seatsProblem,
    },
    {
      id: 'expires',
      kind: 'text',
      label: words('licenses.form.expires'),
      help: words('licenses.form.expires.help'),
      check: dateProblem,
    },
    { id: 'note', kind: 'text', label: words('licenses.form.note') },
  ];
}

export const licenseValues = (license: License): FormValues => ({
  name: license.name,
  product: license.product,
  keyFrom: license.keyFileName === null ? 'typed' : 'file',
  seats: license.seatsTotal === null ? '' : String(license.seatsTotal),
  expires: license.expiresOn ?? '',
  note: license.note,
});

export const typedLicense = (values: FormValues): TypedLicense => ({
  name: values['name'] ?? '',
  product: values['product'] ?? '',
  keyFrom: isFile(values) ? 'file' : 'typed',
  key: values['key'] ?? '',
  keyFile: values['keyFile'] ?? '',
  seats: values['seats'] ?? '',
  expires: values['expires'] ?? '',
  note: values['note'] ?? '',
});

/** The license that a package contains, and how a license reaches its installer. */
export const packageLicenseFields = (licenses: readonly License[]): readonly FormField[] => [
  {
    id: 'license',
    kind: 'choice',
    label: words('licenses.form.packageLicense'),
    help: words('licenses.form.packageLicense.help'),
    choices: [
      { id: '', label: words('licenses.form.packageLicense.none') },
      ...licenses.map(({ id, name }) => ({ id, label: { plain: name } })),
    ],
  },
  {
    id: 'licenseDelivery',
    kind: 'text',
    label: words('licenses.form.delivery'),
    help: words('licenses.form.delivery.help'),
    check: checkedBy(parseLicenseDelivery),
  },
];
