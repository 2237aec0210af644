import { isDeepStrictEqual } from 'node:util';
import type { InstallationPackage } from './model.ts';

export type PackageSettings = Pick<
  InstallationPackage,
  'command' | 'parameters' | 'detection' | 'exitCodes' | 'installTimeoutMs' | 'licenseId' | 'licenseDelivery'
>;

const settings = [
  'command',
  'parameters',
  'detection',
  'exitCodes',
  'installTimeoutMs',
  'licenseId',
  'licenseDelivery',
] as const;

/** True when a setting was given that is not the package's own. What was left empty was not given. */
export const hasOtherSettings = (
  known: PackageSettings,
  given: { readonly [K in keyof PackageSettings]?: PackageSettings[K] | undefined },
): boolean =>
  settings.some((name) => {
    const value = given[name];
    return value !== undefined && value !== null && value !== '' && !isDeepStrictEqual(value, known[name]);
  });
