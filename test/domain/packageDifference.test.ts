import { describe, expect, it } from 'vitest';
import { hasOtherSettings, type PackageSettings } from '../../src/domain/packageDifference.ts';

const known: PackageSettings = {
  command: './install.sh',
  parameters: '--quiet',
  detection: { kind: 'receipt' },
  exitCodes: { 0: 'success' },
  installTimeoutMs: 60_000,
};

describe('settings given for a package that exists', () => {
  it('are the same when nothing, the same or something empty is given', () => {
    expect(hasOtherSettings(known, {})).toBe(false);
    expect(hasOtherSettings(known, { ...known })).toBe(false);
    expect(hasOtherSettings(known, { command: null, parameters: '' })).toBe(false);
  });

  it.each<[Partial<PackageSettings>]>([
    [{ command: './other.sh' }],
    [{ parameters: '--fail' }],
    [{ detection: { kind: 'file', path: '/opt/x' } }],
    [{ exitCodes: { 0: 'success', 7: 'failed' } }],
    [{ installTimeoutMs: 1 }],
  ])('are others with %j', (given) => expect(hasOtherSettings(known, given)).toBe(true));
});
