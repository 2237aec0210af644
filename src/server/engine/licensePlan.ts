import { hasSeat, licenseExhausted, licenseIdOf, licenseRefusal } from '../../domain/license.ts';
import type { InstallationPackage, TaskSettings } from '../../domain/model.ts';
import type { PlanRow } from '../../protocol/answers.ts';
import { dayText } from '../../shared/localTime.ts';
import type { EngineParts } from './engineParts.ts';

/** B36, B91: devices that would get no license are blocked, those beyond the seats in the order of the run. */
export function planLicense(
  rows: PlanRow[],
  { store, licenses, clock }: Pick<EngineParts, 'store' | 'licenses' | 'clock'>,
  settings: Pick<TaskSettings, 'license'>,
  installationPackage: InstallationPackage,
): PlanRow[] {
  const licenseId = licenseIdOf(settings.license, installationPackage);
  const license = licenseId === null ? undefined : store.model.licenses.get(licenseId);
  if (!license) return rows;
  const refusal = licenseRefusal(license, installationPackage.name, dayText(clock.now()));
  let free = licenses.freeSeats(license);
  return rows.map((row): PlanRow => {
    if (row.action !== 'install') return row;
    const needsSeat = !hasSeat(license, row.deviceId);
    const reason = refusal ?? (needsSeat && free < 1 ? licenseExhausted(license) : null);
    if (reason !== null) return { ...row, action: 'blocked', failure: reason };
    if (needsSeat) free--;
    return row;
  });
}
