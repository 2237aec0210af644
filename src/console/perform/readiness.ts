import { endpointText } from '../../domain/endpointText.ts';
import type { HostKey } from '../../domain/model.ts';
import type { ReadinessRow } from '../../protocol/answers.ts';
import { sanitiseLine } from '../../shared/sanitise.ts';
import type { ConsoleContext } from '../consoleContext.ts';
import type { ReportLine } from '../state/overlay.ts';
import { type Words, words } from '../state/words.ts';
import { sizeText } from '../viewmodels/figures.ts';
import { answered, notify } from './ask.ts';

const report = (context: ConsoleContext, title: Words, lines: readonly ReportLine[]): void =>
  context.dispatch({ type: 'ui/overlayOpened', overlay: { kind: 'report', title, lines, top: 0 } });

/** B3: what keeps each device from an installation. All accounts are tried, in the order of their names. */
export async function checkDevices(context: ConsoleContext, ids: readonly string[]): Promise<void> {
  const { devices, accounts } = context.getState().model.collections;
  notify(context, words('console.notice.checking', { count: ids.length }), 'status.active');
  const answer = await answered(
    context,
    context.send('checkDevices', {
      deviceIds: [...ids],
      accountIds: [...accounts.keys()].slice(0, 32),
      packageId: null,
      hostKeyPolicy: 'strict',
    }),
  );
  if (answer === null) return;
  context.dispatch({ type: 'ui/notice', notice: null });
  const nameOf = (id: string) => devices.get(id)?.name ?? id;
  const ready = answer.rows.filter(({ failure }) => failure === null).length;
  report(context, words('console.report.readiness'), [
    {
      content: words('console.report.ready', { count: ready, total: answer.rows.length }),
      role: ready === answer.rows.length ? 'status.ok' : 'status.warning',
    },
    ...answer.rows.map((row) => readinessLine(nameOf(row.deviceId), row)),
  ]);
}

function readinessLine(name: string, row: ReadinessRow): ReportLine {
  if (row.failure !== null)
    return {
      content: { failure: row.failure, before: words('console.report.device', { name }) },
      role: 'status.error',
    };
  return {
    content: words('console.report.deviceReady', {
      name,
      os: row.osName ?? '-',
      architecture: row.architecture ?? '-',
      free: row.freeBytes === null ? '-' : sizeText(row.freeBytes),
    }),
    role: 'status.ok',
  };
}

/** B100: reads the keys of the devices; unknown ones wait for review among the host keys. */
export async function scanHostKeys(context: ConsoleContext, ids: readonly string[]): Promise<void> {
  notify(context, words('console.notice.scanning', { count: ids.length }), 'status.active');
  const answer = await answered(context, context.send('scanHostKeys', { deviceIds: [...ids] }));
  if (answer === null) return;
  context.dispatch({ type: 'ui/notice', notice: null });
  const waiting = answer.keys.filter(({ state }) => state !== 'trusted').length;
  report(context, words('console.report.hostKeys'), [
    {
      content: words('console.report.hostKeysToReview', { count: waiting }),
      role: waiting === 0 ? 'status.ok' : 'status.warning',
    },
    ...answer.keys.map(hostKeyLine),
  ]);
}

const hostKeyWords = {
  trusted: 'console.report.hostKeyTrusted',
  pending: 'console.report.hostKeyPending',
  changed: 'console.report.hostKeyChanged',
} as const;

const hostKeyLine = (key: HostKey): ReportLine => ({
  content: words(hostKeyWords[key.state], {
    address: key.port === 22 ? key.address : endpointText(key),
    type: sanitiseLine(key.keyType),
    fingerprint: key.fingerprint,
  }),
  role: key.state === 'trusted' ? 'text' : key.state === 'changed' ? 'status.error' : 'status.warning',
});
