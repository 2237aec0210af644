import type { Architecture, InstallationPackage, LicenseDelivery, Platform } from '../../domain/model.ts';
import type { WizardContext, WizardState } from './wizardState.ts';

/** What will be installed, as far as it is known before the last Next. */
export interface ChosenPackage {
  /** Null: it is made from a distribution package at the end (B64). */
  readonly id: string | null;
  readonly name: string;
  readonly version: string;
  readonly platform: Platform;
  readonly architecture: Architecture;
  readonly format: string;
  readonly sizeBytes: number;
  /** B38. */
  readonly licenseId: string | null;
  readonly licenseDelivery: LicenseDelivery | null;
}

const ofPackage = (one: InstallationPackage): ChosenPackage => ({
  id: one.id,
  name: one.name,
  version: one.version,
  platform: one.platform,
  architecture: one.architecture,
  format: one.format,
  sizeBytes: one.content.sizeBytes,
  licenseId: one.licenseId ?? null,
  licenseDelivery: one.licenseDelivery ?? null,
});

/** The package of this wizard; null: none is chosen yet, or it was removed meanwhile. */
export function chosenPackage(state: WizardState, { model }: WizardContext): ChosenPackage | null {
  const { packageSource, packageId, packagePath } = state.values;
  if (packageSource === 'existing') {
    const found = model.packages.get(packageId);
    return found === undefined ? null : ofPackage(found);
  }
  if (state.seenPackage === null || state.seenPackage.path !== packagePath) return null;
  const { seen } = state.seenPackage;
  return { id: null, ...seen, licenseId: null, licenseDelivery: null };
}

export const packageLabel = (chosen: Pick<ChosenPackage, 'name' | 'version'>): string =>
  chosen.version === '' ? chosen.name : `${chosen.name} ${chosen.version}`;
