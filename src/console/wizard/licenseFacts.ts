import { daysLeft, seatsUsed } from '../../domain/license.ts';
import { maskedKey } from '../../domain/licenseKey.ts';
import type { License } from '../../domain/model.ts';
import { today } from '../../shared/localTime.ts';
import type { FactField, Words } from './field.ts';

function seatsWords(license: License): Words {
  const used = seatsUsed(license);
  return license.seatsTotal === null
    ? { key: 'wizard.license.seatsUnlimited', params: { used } }
    : { key: 'wizard.license.seats', params: { used, total: license.seatsTotal } };
}

function expiryWords(license: License): readonly (Words | string)[] {
  const count = daysLeft(license, today());
  if (license.expiresOn === null || count === null) return [{ key: 'licenses.never' }];
  const left: Words =
    count < 0 ? { key: 'licenses.expired' } : { key: 'licenses.daysLeft', params: { count } };
  return [license.expiresOn, left];
}

type Fact = 'name' | 'product' | 'seats' | 'expires' | 'key';

/** B38: product, seats in use and in all, expiry, the masked key. */
export function licenseFacts(license: License): readonly FactField[] {
  const fact = (name: Fact, values: FactField['values']): FactField => ({
    kind: 'fact',
    id: `license.${name}`,
    label: { key: `wizard.licenseFact.${name}` },
    values,
  });
  return [
    fact('name', [license.name]),
    fact('product', [license.product]),
    fact('seats', [seatsWords(license)]),
    fact('expires', expiryWords(license)),
    fact('key', [maskedKey(license.keyTail)]),
  ];
}

/** `3/10  2027-01-31  *****AB12`: figures and signs only. */
export const licenseLine = (license: License): string =>
  [`${seatsUsed(license)}/${license.seatsTotal ?? '-'}`, license.expiresOn ?? '', maskedKey(license.keyTail)]
    .filter((part) => part !== '')
    .join('  ');
