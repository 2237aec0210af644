import { type Failure, failure } from './failure.ts';
import { foldedName } from './foldedName.ts';
import type { InstallationPackage, License, Model, TaskLicense } from './model.ts';

type Packaged = Pick<InstallationPackage, 'name' | 'licenseId'>;

/** The license that a task delivers with a package: its own choice, else the package's (B36, B38). Null: none. */
export function licenseIdOf(choice: TaskLicense | undefined, installationPackage: Packaged): string | null {
  if (choice?.kind === 'none') return null;
  return choice?.kind === 'withTask' ? choice.licenseId : (installationPackage.licenseId ?? null);
}

/** The names in a license's product. */
export const productNames = (product: string): readonly string[] =>
  product
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

/** True when the product names the package; `*` stands for any characters, case makes no difference. */
export const fitsProduct = (product: string, packageName: string): boolean =>
  productNames(product).some((name) => matches(foldedName(name), foldedName(packageName)));

/** Piece by piece from the left: many stars cost no more than one. */
function matches(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  if (rest.length === 0) return pattern === text;
  const last = rest.pop()!;
  if (!text.startsWith(first) || text.length < first.length + last.length) return false;
  let at = first.length;
  const end = text.length - last.length;
  for (const piece of rest) {
    const found = text.indexOf(piece, at);
    if (found < 0 || found + piece.length > end) return false;
    at = found + piece.length;
  }
  return text.endsWith(last);
}

const dayMs = 86_400_000;

/** From so many days before its end on, somebody should think of a license. */
export const nearEndDays = 30;

/** Whole days from today (`2026-01-31`) to the last day of use: 0 on that day, negative behind it; null: no end. */
export const daysLeft = ({ expiresOn }: Pick<License, 'expiresOn'>, today: string): number | null =>
  expiresOn === null ? null : Math.round((Date.parse(expiresOn) - Date.parse(today)) / dayMs);

export const isExpired = (license: Pick<License, 'expiresOn'>, today: string): boolean =>
  (daysLeft(license, today) ?? 0) < 0;

/** Why the license may not be delivered with this package today, whatever the device; null: it may. */
export function licenseRefusal(
  license: Pick<License, 'name' | 'product' | 'expiresOn'>,
  packageName: string,
  today: string,
): Failure | null {
  const { name, product, expiresOn } = license;
  if (!fitsProduct(product, packageName))
    return failure('license.mismatch', { name, product, package: packageName });
  return isExpired(license, today) ? failure('license.expired', { name, date: expiresOn! }) : null;
}

const counts = new WeakMap<License['seats'], number>();

/** How many devices have it. */
export function seatsUsed({ seats }: Pick<License, 'seats'>): number {
  const known = counts.get(seats) ?? Object.keys(seats).length;
  counts.set(seats, known);
  return known;
}

/** Seats that no device has; infinite when they are not limited. */
export const freeSeats = (license: Pick<License, 'seats' | 'seatsTotal'>): number =>
  license.seatsTotal === null ? Number.POSITIVE_INFINITY : license.seatsTotal - seatsUsed(license);

export const hasSeat = ({ seats }: Pick<License, 'seats'>, deviceId: string): boolean =>
  Object.hasOwn(seats, deviceId);

export const licenseExhausted = ({ name, seatsTotal }: Pick<License, 'name' | 'seatsTotal'>): Failure =>
  failure('license.exhausted', { name, total: seatsTotal ?? 0 });

/** How many of these devices would need a seat that is not there. */
export function devicesBeyondSeats(license: License, deviceIds: readonly string[]): number {
  const needing = deviceIds.filter((deviceId) => !hasSeat(license, deviceId)).length;
  return Math.max(0, needing - Math.max(0, freeSeats(license)));
}

/** What names the license, for whoever wants to remove it; null: nothing does. */
export function licenseUser(
  { packages, tasks }: Pick<Model, 'packages' | 'tasks'>,
  licenseId: string,
): string | null {
  for (const { name, licenseId: used } of packages.values()) if (used === licenseId) return name;
  for (const { name, settings } of tasks.values())
    if (settings.license?.kind === 'withTask' && settings.license.licenseId === licenseId) return name;
  return null;
}
