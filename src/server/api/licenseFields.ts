import type { Outcome } from '../../domain/failure.ts';
import { productNames } from '../../domain/license.ts';
import { checkLicenseKey, keyTailOf } from '../../domain/licenseKey.ts';
import type { License } from '../../domain/model.ts';
import { licenseSchema } from '../../domain/schema.ts';
import { ok } from '../../shared/result.ts';
import type { ParsedParams } from './handler.ts';
import { invalid, nameProblem } from './refusals.ts';

export type GivenLicense = Omit<ParsedParams<'updateLicense'>, 'id'>;

/** The license's public part after the change, or what is wrong with it. */
export function withLicenseFields(before: License, given: GivenLicense): Outcome<License> {
  const key = given.key === undefined ? ok(null) : checkLicenseKey(given.key);
  if (!key.ok) return key;
  const after: License = {
    ...before,
    name: given.name?.trim() ?? before.name,
    product: given.product === undefined ? before.product : productNames(given.product).join(', '),
    seatsTotal: given.seatsTotal === undefined ? before.seatsTotal : given.seatsTotal,
    expiresOn: given.expiresOn === undefined ? before.expiresOn : given.expiresOn,
    note: given.note?.trim() ?? before.note,
    ...(key.value !== null && {
      keyTail: keyTailOf(key.value),
      keyFileName: given.keyFileName ?? null,
    }),
  };
  const issue = nameProblem(after.name);
  if (issue !== null) return invalid('name', issue);
  if (after.product === '') return invalid('product', 'product');
  if (after.expiresOn !== null && !licenseSchema.shape.expiresOn.safeParse(after.expiresOn).success)
    return invalid('expiresOn', 'date');
  const read = licenseSchema.safeParse(after);
  if (read.success) return ok(after);
  const [first] = read.error.issues;
  return invalid(
    first!.path.map(String).join('.'),
    first!.code === 'invalid_format' ? 'oneLine' : first!.code,
  );
}
