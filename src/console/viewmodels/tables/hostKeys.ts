import { endpointText } from '../../../domain/endpointText.ts';
import type { HostKey } from '../../../domain/model.ts';
import type { Translate } from '../../../i18n/translate.ts';
import { dateText } from '../../../shared/localTime.ts';
import { sanitiseLine } from '../../../shared/sanitise.ts';
import type { Role } from '../../terminal/roles.ts';
import { span } from '../../terminal/roles.ts';
import type { TableDefinition } from '../tableDefinition.ts';

const roles: Record<HostKey['state'], Role> = {
  trusted: 'status.ok',
  pending: 'status.warning',
  changed: 'status.error',
};
const rank: Record<HostKey['state'], number> = { changed: 0, pending: 1, trusted: 2 };

const states = {
  trusted: 'console.hostKey.trusted',
  pending: 'console.hostKey.pending',
  changed: 'console.hostKey.changed',
} as const;
const placeText = (row: HostKey): string => (row.port === 22 ? row.address : endpointText(row));

const sources = {
  acceptNew: 'console.hostKeySource.acceptNew',
  reviewed: 'console.hostKeySource.reviewed',
  seen: 'console.hostKeySource.seen',
} as const;

const isKnownSource = (source: string): source is keyof typeof sources => Object.hasOwn(sources, source);

const sourceText = (source: string, t: Translate): string =>
  isKnownSource(source) ? t(sources[source]) : sanitiseLine(source);

/** B100: keys to be reviewed stand first; a changed one above all. */
export const hostKeysTable: TableDefinition<HostKey> = {
  kind: 'hostKeys',
  title: 'console.table.hostKeys',
  empty: 'console.table.hostKeys.empty',
  reads: ['hostKeys'],
  columns: [
    {
      id: 'address',
      title: 'console.column.address',
      min: 16,
      weight: 1,
      dropOrder: 0,
      text: placeText,
    },
    {
      id: 'state',
      title: 'console.column.state',
      min: 12,
      weight: 0,
      dropOrder: 0,
      text: ({ state }) => state,
      // Those to be reviewed first, each state by address.
      order: (row) => `${rank[row.state]} ${placeText(row)}`,
      words: states,
    },
    {
      id: 'type',
      title: 'console.column.keyType',
      min: 14,
      weight: 0,
      dropOrder: 2,
      text: ({ keyType }) => keyType,
    },
    {
      id: 'fingerprint',
      title: 'console.column.fingerprint',
      min: 24,
      weight: 3,
      dropOrder: 1,
      text: ({ fingerprint }) => fingerprint,
    },
    {
      id: 'seen',
      title: 'console.column.seen',
      min: 16,
      weight: 0,
      dropOrder: 3,
      text: ({ seenAt }) => dateText(seenAt),
    },
    {
      id: 'by',
      title: 'console.column.trustedBy',
      min: 12,
      weight: 0,
      dropOrder: 4,
      text: ({ trustedBy }) => trustedBy ?? '',
    },
  ],
  sort: { column: 'state', isDescending: false },
  rows: (model) => [...model.hostKeys.values()],
  cells: (row, { t, glyphs }) => [
    span(placeText(row)),
    span(
      `${row.state === 'trusted' ? glyphs.ok : glyphs.warning} ${t(`console.hostKey.${row.state}`)}`,
      roles[row.state],
    ),
    span(sanitiseLine(row.keyType)),
    span(sanitiseLine(row.fingerprint)),
    span(dateText(row.seenAt), 'muted'),
    span(sanitiseLine(row.trustedBy ?? '-'), 'muted'),
  ],
  searchText: (row) => `${row.address}:${row.port} ${row.keyType} ${row.fingerprint} ${row.state}`,
  details: (row, { t, model }) => {
    const pinned = [...model.hostKeys.values()].find(
      (other) => other.state === 'trusted' && other.address === row.address && other.port === row.port,
    );
    return [
      { label: 'console.detail.fingerprint', value: span(sanitiseLine(row.fingerprint)) },
      ...(row.state === 'changed' && pinned
        ? [
            {
              label: 'console.detail.trustedFingerprint' as const,
              value: span(sanitiseLine(pinned.fingerprint), 'status.warning'),
            },
          ]
        : []),
      { label: 'console.detail.state', value: span(t(`console.hostKey.${row.state}`), roles[row.state]) },
      { label: 'console.detail.source', value: span(sourceText(row.source, t), 'muted') },
      { label: 'console.detail.trustedBy', value: span(sanitiseLine(row.trustedBy ?? '-'), 'muted') },
    ];
  },
  open: 'openMenu',
  menu: ['trustHostKeys', 'removeEntries'],
};
