import type { LicenseWithKey } from '../../delivery/deliveryMethod.ts';
import { failed, type Outcome } from '../../domain/failure.ts';
import { licenseDeliveryOf } from '../../domain/licenseDelivery.ts';
import type { InstallationPackage, Model } from '../../domain/model.ts';
import { ok } from '../../shared/result.ts';
import type { Vault } from '../store/vault.ts';

/** The vault's field that holds a license's key, or its key file's text. */
export const licenseKeyField = 'key';

/** The license with its key in clear, for an order only. */
export function licenseWithKey(
  model: Model,
  vault: Vault,
  licenseId: string,
  installationPackage: InstallationPackage,
): Outcome<LicenseWithKey> {
  const license = model.licenses.get(licenseId);
  const key = license === undefined ? ok(null) : vault.get(licenseId, licenseKeyField);
  if (!key.ok) return key;
  if (key.value === null) {
    return failed('input.notFound', { kind: 'license', name: license?.name ?? licenseId });
  }
  return ok({ key: key.value, delivery: licenseDeliveryOf(installationPackage) });
}
