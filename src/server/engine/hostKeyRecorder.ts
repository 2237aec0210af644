import type { SeenHostKey } from '../../delivery/deliveryMethod.ts';
import type { Outcome } from '../../domain/failure.ts';
import type { HostKey } from '../../domain/model.ts';
import type { Clock } from '../../shared/clock.ts';
import type { IdSource } from '../../shared/idSource.ts';
import { ok } from '../../shared/result.ts';
import type { Store } from '../store/store.ts';
import { GatheredWrites } from './gatheredWrites.ts';
import type { HostKeyIndex } from './hostKeyIndex.ts';

const stateOf = { accepted: 'trusted', unknown: 'pending', changed: 'changed' } as const;

interface Seen {
  readonly key: SeenHostKey;
  /** Whose run or check it was. */
  readonly user: string;
}

/** B100: stores keys that devices showed: pinned at first contact, to be reviewed, or in contradiction. */
export function hostKeyRecorder(
  store: Store,
  index: HostKeyIndex,
  clock: Clock,
  ids: IdSource,
): (key: SeenHostKey, user: string) => Promise<Outcome<unknown>> {
  const entryFor = ({ key, user }: Seen, before: Iterable<HostKey>): HostKey | null => {
    const there = index.at(key.address, key.port);
    const known = there.find((k) => k.keyType === key.keyType && k.key === key.key);
    const isPinnedOtherwise = [...there, ...before].some(
      (k) => k.state === 'trusted' && k.key !== key.key && isSamePlace(k, key),
    );
    // Two first contacts at once: the second is none.
    const state = key.verdict === 'accepted' && isPinnedOtherwise ? 'changed' : stateOf[key.verdict];
    // A pinned key is never unpinned by what a device says; a pending one is pinned only by acceptNew.
    if (known && (known.state === 'trusted' || known.state === state)) return null;
    if (known && state === 'pending') return null;
    const { address, port, keyType, fingerprint } = key;
    return {
      id: known?.id ?? ids.entityId('hk'),
      address,
      port,
      keyType,
      key: key.key,
      fingerprint,
      state,
      source: state === 'trusted' ? 'acceptNew' : 'seen',
      seenAt: clock.now(),
      trustedBy: state === 'trusted' ? user : null,
    };
  };
  const writes = new GatheredWrites<Seen>((seen) =>
    store.commit(() => {
      const put = new Map<string, HostKey>();
      for (const one of seen) {
        const entry = entryFor(one, put.values());
        if (entry) put.set(`${entry.address.toLowerCase()}|${entry.port}|${entry.key}`, entry);
      }
      const changes = [{ collection: 'hostKeys', put: [...put.values()], removed: [] }] as const;
      return ok({ changes: put.size > 0 ? changes : [], value: null });
    }),
  );
  return (key, user) => writes.add({ key, user });
}

const isSamePlace = (a: Pick<HostKey, 'address' | 'port'>, b: Pick<HostKey, 'address' | 'port'>): boolean =>
  a.address.toLowerCase() === b.address.toLowerCase() && a.port === b.port;
