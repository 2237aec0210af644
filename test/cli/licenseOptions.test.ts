import { describe, expect, it } from 'vitest';
import { licenseFields, packageLicenseId, taskLicense } from '../../src/cli/licenseOptions.ts';
import { findSeat } from '../../src/cli/lookup.ts';
import { license, snapshot } from '../console/consoleFixture.ts';

const nothing = {
  product: undefined,
  seats: undefined,
  expires: undefined,
  note: undefined,
  'key-stdin': false,
  'key-file': undefined,
};
const seat = { deviceName: 'web-1', packageLabel: 'tool 1', since: '2026-01-31T12:00:00.000Z' };

describe('a license on the command line', () => {
  const known = snapshot({ licenses: [license('lic', { name: 'Office 2026' })] });

  it('B36 is named for a task, or none, or the package’s own', () => {
    expect(taskLicense(known, 'office 2026')).toMatchObject({
      value: { kind: 'withTask', licenseId: 'lic' },
    });
    expect(taskLicense(known, 'none')).toMatchObject({ value: { kind: 'none' } });
    expect(taskLicense(known, 'package')).toMatchObject({ value: { kind: 'ofPackage' } });
    expect(taskLicense(known, undefined)).toEqual({ ok: true, value: undefined });
    expect(taskLicense(known, 'Office')).toMatchObject({
      failure: { code: 'input.notFound', params: { kind: 'license' } },
    });
    expect(packageLicenseId(known, 'none')).toEqual({ ok: true, value: null });
  });

  it.each([
    ['12', 12],
    ['unlimited', null],
  ])('has %s seats', (seats, seatsTotal) =>
    expect(licenseFields({ ...nothing, seats })).toMatchObject({ value: { seatsTotal } }),
  );

  it.each(['0', '-1', '1.5', 'many', ''])('has not %j seats', (seats) =>
    expect(licenseFields({ ...nothing, seats })).toMatchObject({
      failure: { params: { expected: 'seats' } },
    }),
  );

  it('may end on a day or never', () => {
    expect(licenseFields({ ...nothing, expires: 'never' })).toMatchObject({ value: { expiresOn: null } });
    expect(licenseFields(nothing)).toEqual({ ok: true, value: {} });
  });

  it('frees the seat of a device that is gone by its name of then', () => {
    const used = license('lic', { seats: { 'dev-gone': seat } });
    expect(findSeat(known, used, 'web-1')).toEqual({ ok: true, value: 'dev-gone' });
    expect(findSeat(known, used, 'web-2')).toMatchObject({ failure: { code: 'input.notFound' } });
  });
});
