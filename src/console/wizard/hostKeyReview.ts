import { endpointText } from '../../domain/endpointText.ts';
import type { HostKey, Model } from '../../domain/model.ts';
import { memoise } from '../state/memoise.ts';
import type { ListRow } from './field.ts';
import type { ChosenTargets } from './targetChoice.ts';

const defaultPort = 22;
/** Where a host key belongs to, for looking it up. */
export const placeOf = (address: string, port: number | null): string =>
  `${address.toLowerCase()} ${port ?? defaultPort}`;

const byPlace = memoise(
  (hostKeys: Model['hostKeys']): ReadonlyMap<string, readonly HostKey[]> =>
    Map.groupBy(hostKeys.values(), (key: HostKey) => placeOf(key.address, key.port)),
);

/** Places whose key contradicts the trusted one, with both fingerprints (B100). */
export const changedKeyPlaces = memoise(
  (
    hostKeys: Model['hostKeys'],
  ): ReadonlyMap<
    string,
    { readonly address: string; readonly fingerprint: string; readonly expected: string }
  > => {
    const changed = [...hostKeys.values()].filter(({ state }) => state === 'changed');
    return new Map(
      changed.map((key) => {
        const place = placeOf(key.address, key.port);
        const beside = byPlace(hostKeys).get(place) ?? [];
        const expected = beside.find(({ state }) => state === 'trusted')?.fingerprint ?? '';
        return [place, { address: key.address, fingerprint: key.fingerprint, expected }];
      }),
    );
  },
);

/** What is known of the targets' host keys (B100). A key of known_hosts is seen only at the first contact. */
export interface HostKeyReview {
  readonly withoutTrustedKey: number;
  readonly pending: readonly HostKey[];
  readonly changed: readonly HostKey[];
  /** The trusted key beside each changed one, by the changed one's id. */
  readonly trustedBeside: ReadonlyMap<string, HostKey>;
}

/** Made once for a choice of targets and a state of the keys. */
export const reviewHostKeys = memoise(
  (targets: ChosenTargets, hostKeys: Model['hostKeys']): HostKeyReview => {
    const keys = byPlace(hostKeys);
    const pending: HostKey[] = [];
    const changed: HostKey[] = [];
    const trustedBeside = new Map<string, HostKey>();
    let withoutTrustedKey = 0;
    for (const { address, port } of [...targets.devices, ...targets.newDevices]) {
      const own = keys.get(placeOf(address, port)) ?? [];
      const trusted = own.filter(({ state }) => state === 'trusted');
      if (trusted.length === 0) withoutTrustedKey += 1;
      for (const key of own) {
        if (key.state === 'pending') pending.push(key);
        if (key.state !== 'changed') continue;
        changed.push(key);
        const beside = trusted.find(({ keyType }) => keyType === key.keyType) ?? trusted[0];
        if (beside !== undefined) trustedBeside.set(key.id, beside);
      }
    }
    return { withoutTrustedKey, pending, changed, trustedBeside };
  },
);

/** The algorithm as `ssh-keygen -l` names it: short enough for the whole fingerprint to stand beside it. */
const algorithmOf = (keyType: string): string =>
  /^(?:sk-)?(?:ssh-|ecdsa-)?(ed25519|sha2|rsa|dss)/
    .exec(keyType)?.[1]
    ?.replace('sha2', 'ecdsa')
    .toUpperCase() ?? keyType;

/** One row a key: a changed one shows both fingerprints. */
export function hostKeyRows({ pending, changed, trustedBeside }: HostKeyReview): readonly ListRow[] {
  return [
    ...changed.map((key): ListRow => {
      const before = trustedBeside.get(key.id)?.fingerprint;
      return {
        id: key.id,
        text: endpointText(key),
        detail:
          before === undefined
            ? `${algorithmOf(key.keyType)} ${key.fingerprint}`
            : `${algorithmOf(key.keyType)} ${before} -> ${key.fingerprint}`,
        role: 'error',
      };
    }),
    ...pending.map(
      (key): ListRow => ({
        id: key.id,
        text: endpointText(key),
        detail: `${algorithmOf(key.keyType)} ${key.fingerprint}`,
      }),
    ),
  ];
}
