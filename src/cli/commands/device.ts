import { endpointText } from '../../domain/endpointText.ts';
import { failed } from '../../domain/failure.ts';
import type { Device } from '../../domain/model.ts';
import { parseEndpoint, parsePort } from '../../imports/addressWord.ts';
import { parseJump } from '../../imports/jumpHost.ts';
import { listFormats } from '../../imports/registry.ts';
import { ok } from '../../shared/result.ts';
import { sanitiseLine } from '../../shared/sanitise.ts';
import { confirm } from '../ask.ts';
import { checkDevices } from '../checkDevices.ts';
import { findDevices } from '../deviceOptions.ts';
import { importDevices } from '../importDevices.ts';
import { findDevice, groupPathOf } from '../lookup.ts';
import { missing } from '../missing.ts';
import { onServer } from '../onServer.ts';
import { type Command, defineCommand, exitStatuses } from '../program/command.ts';
import { deviceFieldLines } from '../show/deviceFieldLines.ts';
import { printTable } from '../table.ts';
import { yesOption } from '../yesOption.ts';

const add = defineCommand({
  name: 'add',
  summary: 'cli.device.add.summary',
  positionals: [{ name: 'ADDRESS' }],
  options: {
    name: { type: 'string', value: 'NAME', summary: 'cli.device.option.name' },
    port: { type: 'string', value: 'P', summary: 'cli.device.option.port' },
    user: { type: 'string', value: 'U', summary: 'cli.device.option.user' },
    jump: { type: 'string', value: '[USER@]HOST[:PORT]', summary: 'cli.device.option.jump' },
    platform: {
      type: 'string',
      value: 'OS',
      choices: ['linux', 'windows', 'macos'],
      summary: 'cli.device.option.platform',
    },
    group: { type: 'string', value: 'PATH', summary: 'cli.device.option.group' },
  },
  examples: ['haifu device add 10.0.0.5 --name web-01 --group Tokyo/Web'],
  run: async (context, { words, values }) => {
    const endpoint = parseEndpoint(words[0]!);
    if (!endpoint.ok) return endpoint;
    const port = values.port === undefined ? endpoint.value.port : parsePort(values.port);
    if (values.port !== undefined && port === null)
      return failed('input.invalid', { field: '--port', expected: 'port' });
    const jump = values.jump === undefined ? ok(null) : parseJump(values.jump);
    if (!jump.ok) return jump;
    return onServer(context, async (server) => {
      const saved = await server.call('saveDevices', {
        devices: [
          {
            name: values.name ?? endpoint.value.address,
            address: endpoint.value.address,
            port,
            user: values.user ?? endpoint.value.user,
            platform: (values.platform ?? 'linux') as Device['platform'],
            jumpHost: jump.value,
            groupPath: values.group ?? null,
          },
        ],
      });
      if (!saved.ok) return saved;
      const refused = saved.value.refused[0];
      if (refused !== undefined) return { ok: false, failure: refused.failure };
      const device = (saved.value.added[0] ?? saved.value.updated[0])!;
      context.output.json({ device });
      const key = saved.value.added.length > 0 ? 'cli.added' : 'cli.changed';
      context.output.line(context.t(key, { name: sanitiseLine(device.name) }));
      return ok(exitStatuses.good);
    });
  },
});

const importList = defineCommand({
  name: 'import',
  summary: 'cli.device.import.summary',
  positionals: [{ name: 'FILE' }],
  options: {
    format: { type: 'string', value: 'FORMAT', choices: listFormats, summary: 'cli.device.option.format' },
    group: { type: 'string', value: 'PATH', summary: 'cli.device.option.importGroup' },
  },
  examples: ['haifu device import inventory.ini --group Tokyo'],
  run: (context, { words, values }) => importDevices(context, words[0]!, values),
});

const list = defineCommand({
  name: 'list',
  summary: 'cli.device.list.summary',
  positionals: [],
  options: {
    group: { type: 'string', value: 'PATH', summary: 'cli.device.option.ofGroup' },
    unassigned: { type: 'boolean', summary: 'cli.device.option.unassigned' },
  },
  run: (context, { values }) =>
    onServer(context, async (server) => {
      const { t, output } = context;
      const { groups } = server.snapshot.collections;
      const found =
        values.group === undefined
          ? ok(server.snapshot.collections.devices)
          : findDevices(server, [], values.group);
      if (!found.ok) return found;
      const rows = found.value
        .filter(({ groupId }) => !values.unassigned || groupId === null)
        .map((device) => ({ ...device, group: groupPathOf(groups, device.groupId) }))
        .toSorted((a, b) => a.group.localeCompare(b.group) || a.name.localeCompare(b.name));
      output.json({ devices: rows });
      const columns = [
        { title: t('cli.column.name'), text: (row: (typeof rows)[number]) => row.name },
        {
          title: t('cli.column.address'),
          text: (row: (typeof rows)[number]) => endpointText(row),
        },
        {
          title: t('cli.column.platform'),
          text: (row: (typeof rows)[number]) => row.facts?.osName ?? row.platform,
        },
        { title: t('cli.column.group'), text: (row: (typeof rows)[number]) => row.group || '-' },
      ];
      printTable(context, columns, rows, 'device add ADDRESS');
      return ok(exitStatuses.good);
    }),
});

const show = defineCommand({
  name: 'show',
  summary: 'cli.device.show.summary',
  positionals: [{ name: 'DEVICE' }],
  options: {},
  run: (context, { words }) =>
    onServer(context, async ({ snapshot }) => {
      const found = findDevice(snapshot, words[0]!);
      if (!found.ok) return found;
      const device = { ...found.value, group: groupPathOf(snapshot.collections.groups, found.value.groupId) };
      context.output.json({ device });
      for (const line of deviceFieldLines(context.t, snapshot, found.value)) context.output.line(line);
      return ok(exitStatuses.good);
    }),
});

const move = defineCommand({
  name: 'move',
  summary: 'cli.device.move.summary',
  positionals: [{ name: 'DEVICE', isRepeated: true }],
  options: {
    group: { type: 'string', value: 'PATH', summary: 'cli.device.option.group' },
    unassigned: { type: 'boolean', summary: 'cli.device.option.toUnassigned' },
  },
  run: (context, { words, values }) =>
    onServer(context, async (server) => {
      if ((values.group === undefined) === !values.unassigned) return missing('groupOrUnassigned');
      const devices = findDevices(server, words, undefined);
      if (!devices.ok) return devices;
      const group = values.group === undefined ? null : await server.call('addGroup', { path: values.group });
      if (group !== null && !group.ok) return group;
      const ids = devices.value.map(({ id }) => id);
      const answer = await server.call('moveDevices', { ids, groupId: group?.value.id ?? null });
      if (!answer.ok) return answer;
      context.output.json({ moved: ids });
      context.output.line(context.t('cli.device.moved', { count: ids.length }));
      return ok(exitStatuses.good);
    }),
});

const remove = defineCommand({
  name: 'remove',
  summary: 'cli.device.remove.summary',
  positionals: [{ name: 'DEVICE', isRepeated: true }],
  options: yesOption,
  run: (context, { words, values }) =>
    onServer(context, async (server) => {
      const devices = findDevices(server, words, undefined);
      if (!devices.ok) return devices;
      const names = devices.value.map(({ name }) => sanitiseLine(name, 80)).join(', ');
      const sure = await confirm(context, context.t('cli.ask.remove', { names }), values.yes);
      if (!sure.ok) return sure;
      const ids = devices.value.map(({ id }) => id);
      const answer = await server.call('removeDevices', { ids });
      if (!answer.ok) return answer;
      context.output.json({ removed: ids });
      context.output.line(context.t('cli.removed', { names }));
      return ok(exitStatuses.good);
    }),
});

const check = defineCommand({
  name: 'check',
  summary: 'cli.device.check.summary',
  positionals: [{ name: 'DEVICE', isOptional: true, isRepeated: true }],
  options: {
    group: { type: 'string', value: 'PATH', summary: 'cli.device.option.ofGroup' },
    account: { type: 'string', multiple: true, value: 'A', summary: 'cli.install.option.account' },
    package: { type: 'string', value: 'PACKAGE', summary: 'cli.device.option.package' },
    'host-key': {
      type: 'string',
      value: 'POLICY',
      choices: ['strict', 'accept-new'],
      summary: 'cli.task.option.hostKey',
    },
  },
  run: (context, { words, values }) =>
    onServer(context, (server) => checkDevices(context, server, words, values)),
});

export const deviceCommands: readonly Command[] = [add, importList, list, show, move, remove, check];
