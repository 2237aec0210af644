import type { Outcome } from '../domain/failure.ts';
import { checkLicenseKey } from '../domain/licenseKey.ts';
import type { CommandParams } from '../protocol/commands.ts';
import { ok } from '../shared/result.ts';
import type { ConsoleContext } from './consoleContext.ts';
import { type Words, words } from './state/words.ts';

/** A license as it is typed, in the form of the console or of the wizard. */
export interface TypedLicense {
  readonly name: string;
  readonly product: string;
  readonly keyFrom: 'typed' | 'file';
  readonly key: string;
  /** Path of a text file beside the console. */
  readonly keyFile: string;
  readonly seats: string;
  readonly expires: string;
  readonly note: string;
}

/** Japanese input methods type full-width digits. */
const plain = (text: string): string => text.normalize('NFKC').trim();

const mostSeats = 1_000_000;

export const seatsProblem = (text: string): Words | null => {
  const seats = /^\d{1,7}$/.test(plain(text)) ? Number(plain(text)) : 0;
  return seats >= 1 && seats <= mostSeats
    ? null
    : words('failures.expected.number', { min: 1, max: mostSeats });
};

export const dateProblem = (text: string): Words | null => {
  const day = plain(text);
  const isDay = /^\d{4}-\d\d-\d\d$/.test(day) && new Date(day).toJSON()?.startsWith(day) === true;
  return isDay ? null : words('failures.expected.date');
};

type Given = Omit<CommandParams<'updateLicense'>, 'id' | 'name' | 'product'> &
  Pick<CommandParams<'addLicense'>, 'name' | 'product'>;

const fileNameOf = (path: string): string => path.split('/').at(-1) ?? '';

/**
 * What is sent; texts were checked before, and the key's file is read only now: what fails is about it. Where no key
 * was given there is none in it.
 */
export async function licenseParams(
  context: Pick<ConsoleContext, 'readTextFile'>,
  { name, product, keyFrom, key, keyFile, seats, expires, note }: TypedLicense,
): Promise<Outcome<Given>> {
  const fields: Given = {
    name: name.trim(),
    product,
    seatsTotal: plain(seats) === '' ? null : Number(plain(seats)),
    expiresOn: plain(expires) || null,
    note: note.trim(),
  };
  if (keyFrom === 'typed') {
    return ok(key.trim() === '' ? fields : { ...fields, key: key.trim() });
  }
  const path = keyFile.trim();
  if (path === '') return ok(fields);
  const file = await context.readTextFile(path);
  const checked = file.ok ? checkLicenseKey(file.value) : file;
  return checked.ok ? ok({ ...fields, key: checked.value, keyFileName: fileNameOf(path) }) : checked;
}
