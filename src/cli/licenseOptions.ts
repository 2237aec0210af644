import { basename } from 'node:path';
import { failed, type Outcome } from '../domain/failure.ts';
import { mostKeyBytes } from '../domain/licenseKey.ts';
import type { TaskLicense } from '../domain/model.ts';
import type { Snapshot } from '../protocol/answers.ts';
import { ok } from '../shared/result.ts';
import { canAsk } from './ask.ts';
import { findLicense } from './lookup.ts';
import type { Options, Values } from './program/command.ts';
import { readFileBytes } from './readFileBytes.ts';
import { readSecrets } from './secrets.ts';

/** What can be said about a license: `license add` and `license set` share it. */
export const licenseOptions = {
  product: { type: 'string', value: 'NAMES', summary: 'cli.license.option.product' },
  seats: { type: 'string', value: 'N', summary: 'cli.license.option.seats' },
  expires: { type: 'string', value: 'DATE', summary: 'cli.license.option.expires' },
  note: { type: 'string', value: 'TEXT', summary: 'cli.license.option.note' },
  'key-stdin': { type: 'boolean', summary: 'cli.license.option.keyStdin' },
  'key-file': { type: 'string', value: 'FILE', summary: 'cli.license.option.keyFile' },
} as const satisfies Options;

type LicenseValues = Values<typeof licenseOptions>;

interface LicenseFields {
  product?: string;
  seatsTotal?: number | null;
  expiresOn?: string | null;
  note?: string;
}

export function licenseFields(values: LicenseValues): Outcome<LicenseFields> {
  const fields: LicenseFields = {};
  if (values.product !== undefined) fields.product = values.product;
  if (values.note !== undefined) fields.note = values.note;
  if (values.expires !== undefined) fields.expiresOn = values.expires === 'never' ? null : values.expires;
  if (values.seats !== undefined) {
    const seats = values.seats === 'unlimited' ? null : Number(values.seats);
    const isFine = seats === null || (/^\d{1,7}$/.test(values.seats) && seats >= 1 && seats <= 1_000_000);
    if (!isFine) return failed('input.invalid', { field: '--seats', expected: 'seats' });
    fields.seatsTotal = seats;
  }
  return ok(fields);
}

export interface GivenKey {
  readonly key: string;
  readonly keyFileName: string | null;
}

/** The key from standard input, a file or, when `isAsked`, the terminal; null: none was given. Never an option. */
export async function licenseKey(
  values: LicenseValues,
  isAsked: boolean,
  prompt: string,
): Promise<Outcome<GivenKey | null>> {
  const file = values['key-file'];
  if (file !== undefined && values['key-stdin'])
    return failed('input.invalid', { field: '--key-file', expected: 'oneKey' });
  if (file !== undefined) {
    const bytes = await readFileBytes(file, mostKeyBytes);
    return bytes.ok ? ok({ key: bytes.value.toString('utf8'), keyFileName: basename(file) }) : bytes;
  }
  if (isAsked && !values['key-stdin'] && !canAsk())
    return failed('input.invalid', { field: '--key-stdin', expected: 'oneKey' });
  const read = await readSecrets([{ name: 'key', isFromInput: values['key-stdin'], isAsked, prompt }]);
  if (!read.ok) return read;
  const key = read.value['key']?.trim() ?? null;
  return key === null && !isAsked ? ok(null) : ok({ key: key ?? '', keyFileName: null });
}

/** B36: `--license NAME|none|package` of a task; undefined: nothing was said. */
export function taskLicense(snapshot: Snapshot, word: string | undefined): Outcome<TaskLicense | undefined> {
  if (word === undefined) return ok(undefined);
  if (word === 'none') return ok({ kind: 'none' });
  if (word === 'package') return ok({ kind: 'ofPackage' });
  const found = findLicense(snapshot, word);
  return found.ok ? ok({ kind: 'withTask', licenseId: found.value.id }) : found;
}

/** B38: `--license NAME|none` of a package; undefined: nothing was said. */
export function packageLicenseId(
  snapshot: Snapshot,
  word: string | undefined,
): Outcome<string | null | undefined> {
  if (word === undefined) return ok(undefined);
  if (word === 'none') return ok(null);
  const found = findLicense(snapshot, word);
  return found.ok ? ok(found.value.id) : found;
}
