import { parseLicenseDelivery } from '../../domain/licenseDelivery.ts';
import { checkLicenseKey } from '../../domain/licenseKey.ts';
import type { License } from '../../domain/model.ts';
import type { CommandParams } from '../../protocol/commands.ts';
import type { ConsoleContext } from '../consoleContext.ts';
import type { FormField, FormProblem, FormValues } from '../state/formState.ts';
import { type Words, words } from '../state/words.ts';
import { checkedBy, textOrNull } from './openForm.ts';

const isTyped = (values: FormValues): boolean => values['keyFrom'] === 'typed';
const isFile = (values: FormValues): boolean => values['keyFrom'] === 'file';

/** Japanese input methods type full-width digits. */
const plain = (text: string | undefined): string => (text ?? '').normalize('NFKC').trim();

const seatsProblem = (text: string): Words | null => {
  const seats = /^\d{1,7}$/.test(plain(text)) ? Number(plain(text)) : 0;
  return seats >= 1 && seats <= 1_000_000
    ? null
    : words('failures.expected.number', { min: 1, max: 1_000_000 });
};

const dateProblem = (text: string): Words | null => {
  const day = plain(text);
  const isDay = /^\d{4}-\d\d-\d\d$/.test(day) && new Date(day).toJSON()?.startsWith(day) === true;
  return isDay ? null : words('failures.expected.date');
};

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

type Given = Omit<CommandParams<'updateLicense'>, 'id' | 'name' | 'product'> &
  Pick<CommandParams<'addLicense'>, 'name' | 'product'>;

const fileNameOf = (path: string): string => path.split('/').at(-1) ?? '';

/** What is sent; the key's file is read only now. Every text was checked before. */
export async function licenseParams(
  context: Pick<ConsoleContext, 'readTextFile'>,
  values: FormValues,
): Promise<{ params: Given } | { problem: FormProblem }> {
  const path = isFile(values) ? textOrNull(values['keyFile']) : null;
  const typed = isTyped(values) ? textOrNull(values['key']) : null;
  const file = path === null ? null : await context.readTextFile(path);
  if (file?.ok === false) return { problem: { field: 'keyFile', content: file.failure } };
  const checked = file === null ? null : checkLicenseKey(file.value);
  if (checked?.ok === false) return { problem: { field: 'keyFile', content: checked.failure } };
  const key =
    path !== null && file !== null
      ? { key: file.value, keyFileName: fileNameOf(path) }
      : typed !== null
        ? { key: typed }
        : {};
  const seats = plain(values['seats']);
  return {
    params: {
      name: values['name']?.trim() ?? '',
      product: values['product'] ?? '',
      seatsTotal: seats === '' ? null : Number(seats),
      expiresOn: plain(values['expires']) || null,
      note: values['note']?.trim() ?? '',
      ...key,
    },
  };
}

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
