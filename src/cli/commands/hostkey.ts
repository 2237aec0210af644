import { endpointText } from '../../domain/endpointText.ts';
import { failed, type Outcome } from '../../domain/failure.ts';
import type { HostKey } from '../../domain/model.ts';
import { ok } from '../../shared/result.ts';
import { sanitiseLine } from '../../shared/sanitise.ts';
import { confirm } from '../ask.ts';
import { findDevices } from '../deviceOptions.ts';
import { findDevice } from '../lookup.ts';
import { missing } from '../missing.ts';
import { onServer, type Server } from '../onServer.ts';
import { type Command, defineCommand, exitStatuses } from '../program/command.ts';
import type { CommandContext } from '../program/context.ts';
import { printTable, type TableColumn, tableLines } from '../table.ts';
import { yesOption } from '../yesOption.ts';

const collator = new Intl.Collator(undefined, { numeric: true });
const states = ['trusted', 'pending', 'changed'] as const;

const keyColumns = ({ t }: CommandContext): TableColumn<HostKey>[] => [
  {
    title: t('cli.column.address'),
    text: ({ address, port }) => (port === 22 ? address : `[${address}]:${port}`),
  },
  { title: t('cli.column.state'), text: ({ state }) => t(`cli.hostkey.${state}`) },
  { title: t('cli.column.kind'), text: ({ keyType }) => keyType },
  { title: t('cli.column.fingerprint'), isWhole: true, text: ({ fingerprint }) => fingerprint },
];

const inOrder = (keys: readonly HostKey[]): HostKey[] =>
  keys.toSorted((a, b) => collator.compare(endpointText(a), endpointText(b)));

/** Keys by a device's name, an address or a key's id; all of the wanted states with `isAll`. */
function findKeys(
  server: Server,
  words: readonly string[],
  isAll: boolean,
  wanted: readonly HostKey['state'][],
): Outcome<readonly HostKey[]> {
  const { hostKeys } = server.snapshot.collections;
  const inState = hostKeys.filter(({ state }) => wanted.includes(state));
  if (isAll) return ok(inState);
  if (words.length === 0) return missing('hostsOrAll');
  const found = new Set<HostKey>();
  for (const word of words) {
    const device = findDevice(server.snapshot, word);
    const matching = inState.filter(
      ({ id, address, port, fingerprint }) =>
        id === word ||
        fingerprint === word ||
        address === word ||
        `[${address}]:${port}` === word ||
        endpointText({ address, port }) === word ||
        (device.ok && device.value.address === address && (device.value.port ?? 22) === port),
    );
    if (matching.length === 0) return failed('input.notFound', { kind: 'hostKey', name: word });
    for (const key of matching) found.add(key);
  }
  return ok([...found]);
}

const list = defineCommand({
  name: 'list',
  summary: 'cli.hostkey.list.summary',
  positionals: [],
  options: {
    state: { type: 'string', value: 'STATE', choices: states, summary: 'cli.hostkey.option.state' },
  },
  run: (context, { values }) =>
    onServer(context, async ({ snapshot }) => {
      const keys = snapshot.collections.hostKeys.filter(
        ({ state }) => values.state === undefined || state === values.state,
      );
      context.output.json({ hostKeys: keys });
      printTable(context, keyColumns(context), inOrder(keys), 'hostkey scan DEVICE');
      return ok(exitStatuses.good);
    }),
});

const scan = defineCommand({
  name: 'scan',
  summary: 'cli.hostkey.scan.summary',
  positionals: [{ name: 'DEVICE', isOptional: true, isRepeated: true }],
  options: { group: { type: 'string', value: 'PATH', summary: 'cli.device.option.ofGroup' } },
  run: (context, { words, values }) =>
    onServer(context, async (server) => {
      if (words.length === 0 && values.group === undefined) return missing('devicesOrGroup');
      const devices = findDevices(server, words, values.group);
      if (!devices.ok) return devices;
      const answer = await server.call('scanHostKeys', { deviceIds: devices.value.map(({ id }) => id) });
      if (!answer.ok) return answer;
      context.output.json({ hostKeys: answer.value.keys });
      const { keys } = answer.value;
      if (keys.length > 0) printTable(context, keyColumns(context), inOrder(keys));
      if (keys.some(({ state }) => state === 'pending')) context.output.note(context.t('cli.hostkey.review'));
      const seen = new Set(keys.map(({ address, port }) => `${address} ${port}`));
      const silent = devices.value.filter(({ address, port }) => !seen.has(`${address} ${port ?? 22}`));
      if (silent.length > 0) {
        const names = silent.map(({ name }) => sanitiseLine(name, 80)).join(', ');
        context.output.note(context.t('cli.hostkey.silent', { names }));
      }
      return ok(silent.length > 0 ? exitStatuses.incomplete : exitStatuses.good);
    }),
});

const trust = defineCommand({
  name: 'trust',
  summary: 'cli.hostkey.trust.summary',
  positionals: [{ name: 'HOST', isOptional: true, isRepeated: true }],
  options: { all: { type: 'boolean', summary: 'cli.hostkey.option.allPending' }, ...yesOption },
  run: (context, { words, values }) =>
    onServer(context, async (server) => {
      // A changed key is trusted one by one, never in bulk.
      const wanted = values.all ? (['pending'] as const) : (['pending', 'changed'] as const);
      const keys = findKeys(server, words, values.all, wanted);
      if (!keys.ok) return keys;
      if (keys.value.length > 0) {
        for (const line of tableLines(keyColumns(context), inOrder(keys.value))) context.output.note(line);
        const question = context.t('cli.ask.trust', { count: keys.value.length });
        const sure = await confirm(context, question, values.yes);
        if (!sure.ok) return sure;
        const answer = await server.call('trustHostKeys', { ids: keys.value.map(({ id }) => id) });
        if (!answer.ok) return answer;
      }
      context.output.json({ trusted: keys.value.map(({ id }) => id) });
      context.output.line(context.t('cli.hostkey.trustedCount', { count: keys.value.length }));
      return ok(exitStatuses.good);
    }),
});

const forget = defineCommand({
  name: 'forget',
  summary: 'cli.hostkey.forget.summary',
  positionals: [{ name: 'HOST', isRepeated: true }],
  options: yesOption,
  run: (context, { words, values }) =>
    onServer(context, async (server) => {
      const keys = findKeys(server, words, false, states);
      if (!keys.ok) return keys;
      const names = keys.value
        .map(({ address, keyType }) => sanitiseLine(`${address} ${keyType}`))
        .join(', ');
      const sure = await confirm(context, context.t('cli.ask.remove', { names }), values.yes);
      if (!sure.ok) return sure;
      const ids = keys.value.map(({ id }) => id);
      const answer = await server.call('forgetHostKeys', { ids });
      if (!answer.ok) return answer;
      context.output.json({ removed: ids });
      context.output.line(context.t('cli.removed', { names }));
      return ok(exitStatuses.good);
    }),
});

export const hostkeyCommands: readonly Command[] = [list, scan, trust, forget];
