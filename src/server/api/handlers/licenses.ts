import { findByName } from '../../../domain/foldedName.ts';
import { hasSeat, licenseUser } from '../../../domain/license.ts';
import type { License, Model } from '../../../domain/model.ts';
import { ok } from '../../../shared/result.ts';
import { licenseKeyField } from '../../engine/licenseKeys.ts';
import type { Handlers } from '../handler.ts';
import { withLicenseFields } from '../licenseFields.ts';
import { inUse, invalid, nameTaken, required } from '../refusals.ts';

export const licenseHandlers: Handlers<'addLicense' | 'updateLicense' | 'removeLicense' | 'releaseLicense'> =
  {
    /** The key is in the vault before anybody can see the license. */
    addLicense: async (given, { store, vault, ids, clock, log }) => {
      const made = withLicenseFields(empty(ids.entityId('lic'), clock.now()), given);
      if (!made.ok) return made;
      const license = made.value;
      if (isTaken(store.model, license.name, null)) return nameTaken('license', license.name);
      const kept = await vault.put(license.id, { [licenseKeyField]: given.key });
      if (!kept.ok) return kept;
      const saved = await store.commit((draft) =>
        isTaken(draft, license.name, null)
          ? nameTaken('license', license.name)
          : ok({ changes: [{ collection: 'licenses', put: [license], removed: [] }], value: { license } }),
      );
      if (!saved.ok) {
        const removed = await vault.remove(license.id);
        if (!removed.ok) log.error(`the key of a license that was refused stays: ${removed.failure.code}`);
      }
      return saved;
    },

    updateLicense: async ({ id, ...given }, { store, vault }) => {
      const before = required(store.model.licenses, id, 'license');
      if (!before.ok) return before;
      const made = withLicenseFields(before.value, given);
      if (!made.ok) return made;
      if (isTaken(store.model, made.value.name, id)) return nameTaken('license', made.value.name);
      const kept = given.key === undefined ? ok(null) : await vault.put(id, { [licenseKeyField]: given.key });
      if (!kept.ok) return kept;
      return store.commit((draft) => {
        const present = required(draft.licenses, id, 'license');
        if (!present.ok) return present;
        // Devices may have taken seats meanwhile.
        const changed = withLicenseFields(present.value, given);
        if (!changed.ok) return changed;
        const license = changed.value;
        if (isTaken(draft, license.name, id)) return nameTaken('license', license.name);
        return ok({ changes: [{ collection: 'licenses', put: [license], removed: [] }], value: { license } });
      });
    },

    /** An attempt under way needs it after a worker's or the server's death, too: its log must not show the key. */
    removeLicense: async ({ id }, { store, vault, engine }) => {
      const removed = await store.commit((draft) => {
        const license = required(draft.licenses, id, 'license');
        if (!license.ok) return license;
        const holder = engine.parts.licenses.holderOf(id);
        const device = holder === null ? undefined : draft.devices.get(holder);
        const usedBy = licenseUser(draft, id) ?? device?.name ?? holder;
        if (usedBy !== null) return inUse('license', license.value.name, usedBy);
        return ok({ changes: [{ collection: 'licenses', put: [], removed: [id] }], value: {} });
      });
      if (!removed.ok) return removed;
      const forgotten = await vault.remove(id);
      return forgotten.ok ? removed : forgotten;
    },

    releaseLicense: ({ id, deviceIds }, { store }) =>
      store.commit((draft) => {
        const before = required(draft.licenses, id, 'license');
        if (!before.ok) return before;
        if (deviceIds.some((deviceId) => !hasSeat(before.value, deviceId)))
          return invalid('device', 'seatOfDevice');
        const released = new Set(deviceIds);
        const kept = Object.entries(before.value.seats).filter(([deviceId]) => !released.has(deviceId));
        const license = { ...before.value, seats: Object.fromEntries(kept) };
        return ok({ changes: [{ collection: 'licenses', put: [license], removed: [] }], value: { license } });
      }),
  };

const empty = (id: string, createdAt: string): License => ({
  id,
  name: '',
  product: '',
  seatsTotal: null,
  expiresOn: null,
  note: '',
  keyTail: '',
  keyFileName: null,
  seats: {},
  createdAt,
});

function isTaken(model: Model, name: string, exceptId: string | null): boolean {
  const found = findByName(model.licenses.values(), name);
  return found !== undefined && found.id !== exceptId;
}
