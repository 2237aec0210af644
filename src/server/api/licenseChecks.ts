import type { Outcome } from '../../domain/failure.ts';
import { licenseIdOf, licenseRefusal } from '../../domain/license.ts';
import type { InstallationPackage, Model, TaskLicense } from '../../domain/model.ts';
import { dayText } from '../../shared/localTime.ts';
import { fail, ok } from '../../shared/result.ts';
import { required } from './refusals.ts';

/** B36: a license that does not fit the package, or has ended, is refused when it is chosen. */
function checkLicense(
  { licenses }: Pick<Model, 'licenses'>,
  licenseId: string | null,
  packageName: string,
  now: string,
): Outcome<null> {
  if (licenseId === null) return ok(null);
  const license = required(licenses, licenseId, 'license');
  if (!license.ok) return license;
  const refusal = licenseRefusal(license.value, packageName, dayText(now));
  return refusal === null ? ok(null) : fail(refusal);
}

export const checkPackageLicense = (
  model: Pick<Model, 'licenses'>,
  { name, licenseId }: InstallationPackage,
  now: string,
): Outcome<null> => checkLicense(model, licenseId ?? null, name, now);

/** The license that the task would deliver: its own or the package's. */
export const checkTaskLicense = (
  model: Pick<Model, 'licenses'>,
  choice: TaskLicense | undefined,
  installationPackage: InstallationPackage,
  now: string,
): Outcome<null> =>
  checkLicense(model, licenseIdOf(choice, installationPackage), installationPackage.name, now);
