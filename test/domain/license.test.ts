import { describe, expect, it } from 'vitest';
import {
  daysLeft,
  devicesBeyondSeats,
  fitsProduct,
  isExpired,
  licenseIdOf,
  licenseRefusal,
} from '../../src/domain/license.ts';
import {
  checkLicenseDelivery,
  checkPlaceholders,
  licenseDeliveryText,
  parseLicenseDelivery,
  withLicenseParameters,
} from '../../src/domain/licenseDelivery.ts';
import { checkLicenseKey, keyTailOf } from '../../src/domain/licenseKey.ts';
import type { License } from '../../src/domain/model.ts';

const license = (more: Partial<License> = {}): License => ({
  id: `lic-${'0'.repeat(20)}`,
  name: 'Office',
  product: 'office',
  seatsTotal: 2,
  expiresOn: null,
  note: '',
  keyTail: 'AB12',
  keyFileName: null,
  seats: {},
  createdAt: '2026-01-31T12:00:00.000Z',
  ...more,
});
const seat = { deviceName: 'web', packageLabel: 'office 1', since: '2026-01-31T12:00:00.000Z' };

describe('which packages a license fits', () => {
  it.each([
    ['office', 'Office', true],
    ['office', 'office-pro', false],
    ['office*', 'office-pro', true],
    ['*-pro', 'office-pro', true],
    ['a*a', 'a', false],
    ['writer, office', 'office', true],
    ['o*f*e', 'office', true],
    ['o*x*e', 'office', false],
    ['off*fice', 'office', false],
    ['*', 'anything', true],
    [' , ', 'office', false],
  ])('%s and %s: %s', (product, name, fits) => expect(fitsProduct(product, name)).toBe(fits));
});

describe('until when a license holds', () => {
  it('holds through its last day', () => {
    const until = license({ expiresOn: '2026-03-01' });
    expect([daysLeft(until, '2026-02-28'), daysLeft(until, '2026-03-01')]).toEqual([1, 0]);
    expect([isExpired(until, '2026-03-01'), isExpired(until, '2026-03-02')]).toEqual([false, true]);
    expect(daysLeft(license(), '2026-03-01')).toBeNull();
  });

  it('says the mismatch before the end: another product is no matter of a renewal', () => {
    const ended = license({ expiresOn: '2026-03-01' });
    expect(licenseRefusal(ended, 'writer', '2026-03-02')?.code).toBe('license.mismatch');
    expect(licenseRefusal(ended, 'office', '2026-03-02')).toMatchObject({
      code: 'license.expired',
      params: { name: 'Office', date: '2026-03-01' },
    });
    expect(licenseRefusal(ended, 'office', '2026-03-01')).toBeNull();
  });
});

it('a device that has a seat needs no other one', () => {
  const one = license({ seats: { 'dev-1': seat } });
  expect(devicesBeyondSeats(one, ['dev-1', 'dev-2'])).toBe(0);
  expect(devicesBeyondSeats(one, ['dev-1', 'dev-2', 'dev-3'])).toBe(1);
  expect(devicesBeyondSeats({ ...one, seatsTotal: null }, ['a', 'b', 'c'])).toBe(0);
});

it('B36 a task’s own choice stands before the package’s license', () => {
  const withLicense = { name: 'office', licenseId: 'lic-1' };
  expect(licenseIdOf(undefined, withLicense)).toBe('lic-1');
  expect(licenseIdOf({ kind: 'none' }, withLicense)).toBeNull();
  expect(licenseIdOf({ kind: 'withTask', licenseId: 'lic-2' }, withLicense)).toBe('lic-2');
  expect(licenseIdOf({ kind: 'ofPackage' }, { name: 'office' })).toBeNull();
});

describe('how a license reaches the installer', () => {
  const codeOf = (text: string) => {
    const parsed = parseLicenseDelivery(text);
    return parsed.ok ? 'fine' : (parsed.failure.params['expected'] ?? parsed.failure.code);
  };

  it.each([
    ['file:office.lic', 'fine'],
    ['file:../office.lic', 'licenseFileName'],
    ['file:runner', 'licenseFileName'],
    ['file:package-x.deb', 'licenseFileName'],
    ['environment:OFFICE_KEY', 'fine'],
    ['environment:PATH', 'licenseVariable'],
    ['environment:LD_PRELOAD', 'licenseVariable'],
    ['environment:a b', 'licenseVariable'],
    ['parameter:--key-file {licenseFile}', 'fine'],
    ['--key-file={licenseFile}', 'fine'],
    ['parameter:--key-file', 'licenseTemplate'],
    ["parameter:'{licenseFile}", 'licenseTemplate'],
    ['parameter:--key {licenseKey}', 'license.keyVisible'],
    ['letter', 'licenseDelivery'],
    ['default', 'fine'],
  ])('%s is %s', (text, what) => expect(codeOf(text)).toBe(what));

  it('is written as it is read', () => {
    for (const text of ['file:a.lic', 'environment:A', 'parameter:-l {licenseFile}']) {
      const parsed = parseLicenseDelivery(text);
      expect(parsed.ok && parsed.value && licenseDeliveryText(parsed.value)).toBe(text);
    }
  });

  it('lets no key into the parameters or the command (B101)', () => {
    const refusal = (parameters: string, command: string | null = null) => {
      const checked = checkPlaceholders({ parameters, command });
      return checked.ok ? null : checked.failure.code;
    };
    expect(refusal('-q')).toBeNull();
    expect(refusal('--key={licenseKey}')).toBe('license.keyVisible');
    expect(refusal('--key={licenseFile}')).toBe('input.invalid');
    expect(refusal('', 'setup --key {licenseKey}')).toBe('input.invalid');
    expect(checkLicenseDelivery({ kind: 'file', fileName: '..' }).ok).toBe(false);
  });

  it('puts a template’s words behind the parameters', () => {
    const delivery = { kind: 'parameter', template: '-l {licenseFile}' } as const;
    expect(withLicenseParameters({ parameters: '-q', licenseDelivery: delivery }).parameters).toBe(
      '-q -l {licenseFile}',
    );
    expect(withLicenseParameters({ parameters: '-q' }).parameters).toBe('-q');
  });
});

describe('a key', () => {
  it('shows its last signs only, and never half of itself', () => {
    expect(keyTailOf('AAAA-BBBB-CCCC')).toBe('CCCC');
    expect(keyTailOf('AAAAA-BBBBB-CCCCC-DDDDD-EEEEE')).toBe('EEEEE');
    expect(keyTailOf('------1a')).toBe('a');
    expect(keyTailOf('-----BEGIN LICENSE-----\nQUJDREVGR0g=\nSUpLTE1OT1A=\n-----END LICENSE-----\n')).toBe(
      'OT1A',
    );
  });

  it.each([
    ['short', false],
    ['long enough', true],
    ['with\0zero byte', false],
    ['x'.repeat(65_537), false],
  ])('%s', (key, isFine) => expect(checkLicenseKey(key).ok).toBe(isFine));
});
