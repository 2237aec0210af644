import type { Failure } from '../../domain/failure.ts';
import { devicesBeyondSeats, licenseRefusal } from '../../domain/license.ts';
import type { License, TaskLicense } from '../../domain/model.ts';
import { today } from '../../shared/localTime.ts';
import { compareNames } from '../../shared/nameOrder.ts';
import { chosenPackage } from './packageChoice.ts';
import { chosenTargets } from './targetChoice.ts';
import { isEditing, type WizardContext, type WizardState } from './wizardState.ts';
import { valuesOf } from './wizardValues.ts';

/** Why this license cannot go with the chosen package; null: it can. */
export function refusalOf(license: License, state: WizardState, context: WizardContext): Failure | null {
  const chosen = chosenPackage(state, context);
  return chosen === null ? null : licenseRefusal(license, chosen.name, today());
}

/** B38: the license that the package contains. */
export function containedLicense(state: WizardState, context: WizardContext): License | null {
  const licenseId = chosenPackage(state, context)?.licenseId ?? null;
  return licenseId === null ? null : (context.model.licenses.get(licenseId) ?? null);
}

/** Every license, those that can be taken first. */
export function offeredLicenses(state: WizardState, context: WizardContext): readonly License[] {
  const rank = (license: License): number => (refusalOf(license, state, context) === null ? 0 : 1);
  return [...context.model.licenses.values()].sort(
    (a, b) => rank(a) - rank(b) || compareNames(a.name, b.name),
  );
}

/** B36: the license that was chosen, or the only one that fits; null: none. */
export function selectedLicense(state: WizardState, context: WizardContext): License | null {
  if (state.values.license === 'none') return null;
  const chosen = context.model.licenses.get(state.values.licenseId);
  if (chosen !== undefined) return chosen;
  const fitting = offeredLicenses(state, context).filter((one) => refusalOf(one, state, context) === null);
  return fitting.length === 1 ? fitting[0]! : null;
}

/** How many of the target devices would get no seat, and how many there are. */
export function seatsShort(
  license: License,
  state: WizardState,
  context: WizardContext,
): { readonly beyond: number; readonly total: number } {
  const { devices, newDevices } = chosenTargets(state, context);
  const ids = [...devices.map(({ id }) => id), ...newDevices.map(({ address }) => `new ${address}`)];
  return { beyond: devicesBeyondSeats(license, ids), total: ids.length };
}

/** The window stands as the task that is edited has it. */
function isUntouched({ values, base }: WizardState): boolean {
  if (base === null) return false;
  const before = valuesOf(base.task.settings);
  return (['license', 'licenseId', 'licenseDelivery'] as const).every(
    (name) => values[name] === before[name],
  );
}

/** The task's own choice. Undefined: the package's license, which it contains or is about to (B36, B38). */
export function taskLicenseOf(state: WizardState, context: WizardContext): TaskLicense | undefined {
  if (isUntouched(state)) return state.base!.task.settings.license;
  if (containedLicense(state, context) !== null) return undefined;
  const license = selectedLicense(state, context);
  if (license === null) return { kind: 'none' };
  return licenseForPackage(state, context) === null ? { kind: 'withTask', licenseId: license.id } : undefined;
}

/** B36: the license that is added to the package before the task is made; null: none. */
export function licenseForPackage(state: WizardState, context: WizardContext): string | null {
  const isAdded = state.values.licenseDelivery === 'inPackage' && !isEditing(state);
  if (!isAdded || containedLicense(state, context) !== null) return null;
  return selectedLicense(state, context)?.id ?? null;
}

/** The choice as it will be, for a plan that is made before the package is changed (B91). */
export function plannedLicense(state: WizardState, context: WizardContext): TaskLicense | undefined {
  const licenseId = licenseForPackage(state, context);
  return licenseId === null ? taskLicenseOf(state, context) : { kind: 'withTask', licenseId };
}
