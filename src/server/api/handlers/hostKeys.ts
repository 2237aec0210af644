import type { HostKey } from '../../../domain/model.ts';
import { ok } from '../../../shared/result.ts';
import { scanHostKeys } from '../../engine/readiness.ts';
import type { Handlers } from '../handler.ts';
import { notFound } from '../refusals.ts';
import { allOf } from './devices.ts';

export const hostKeyHandlers: Handlers<'scanHostKeys' | 'trustHostKeys' | 'forgetHostKeys'> = {
  scanHostKeys: async ({ deviceIds }, { store, engine, user }) => {
    const devices = allOf(store.model, deviceIds);
    if (!devices.ok) return devices;
    return ok({ keys: await scanHostKeys(engine.parts, devices.value, user) });
  },

  /** B100: a changed key that is trusted takes the place of the pinned one that it contradicts. */
  trustHostKeys: ({ ids }, { store, user }) =>
    store.commit((draft) => {
      const trusted: HostKey[] = [];
      for (const id of new Set(ids)) {
        const key = draft.hostKeys.get(id);
        if (!key) return notFound('hostKey', id);
        if (key.state !== 'trusted') {
          trusted.push({ ...key, state: 'trusted', source: 'reviewed', trustedBy: user.slice(0, 256) });
        }
      }
      if (trusted.length === 0) return ok({ changes: [], value: {} });
      const places = new Set(trusted.map(placeOf));
      const chosen = new Set(trusted.map((key) => key.id));
      const removed = Array.from(draft.hostKeys.values())
        .filter((key) => key.state === 'trusted' && !chosen.has(key.id) && places.has(placeOf(key)))
        .map((key) => key.id);
      return ok({ changes: [{ collection: 'hostKeys', put: trusted, removed }], value: {} });
    }),

  forgetHostKeys: ({ ids }, { store }) =>
    store.commit((draft) => {
      const removed = [...new Set(ids)];
      const missing = removed.find((id) => !draft.hostKeys.has(id));
      if (missing !== undefined) return notFound('hostKey', missing);
      return ok({
        changes: removed.length > 0 ? [{ collection: 'hostKeys', put: [], removed }] : [],
        value: {},
      });
    }),
};

/** One device has one key of a type. */
const placeOf = ({ address, port, keyType }: HostKey): string =>
  `${address.toLowerCase()}|${port}|${keyType}`;
