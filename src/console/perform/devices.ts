import { endpointText } from '../../domain/endpointText.ts';
import type { Platform } from '../../domain/model.ts';
import { parseEndpoint } from '../../imports/addressWord.ts';
import type { ConsoleContext } from '../consoleContext.ts';
import type { FormField } from '../state/formState.ts';
import { childGroups, groupPath } from '../state/tree.ts';
import { words } from '../state/words.ts';
import { answered, confirm, notify } from './ask.ts';
import { openForm, textOrNull } from './openForm.ts';

const platformChoices = [
  { id: 'linux', label: { plain: 'Linux' } },
  { id: 'windows', label: { plain: 'Windows' } },
  { id: 'macos', label: { plain: 'macOS' } },
];
const fields: readonly FormField[] = [
  {
    id: 'address',
    kind: 'text',
    label: words('console.form.address'),
    help: words('console.form.address.help'),
  },
  {
    id: 'name',
    kind: 'text',
    label: words('console.form.name'),
    help: words('console.form.deviceName.help'),
  },
  {
    id: 'user',
    kind: 'text',
    label: words('console.form.loginUser'),
    help: words('console.form.loginUser.help'),
  },
  { id: 'platform', kind: 'choice', label: words('console.form.platform'), choices: platformChoices },
];

/** Adds a device to a group (`Tokyo/Web`), or to the unassigned ones. */
export function addDevice(context: ConsoleContext, groupId: string | null) {
  const path = groupPath(context.getState().model.collections.groups, groupId);
  openForm(context, {
    title: words('console.form.addDevice'),
    fields: [
      ...fields,
      {
        id: 'group',
        kind: 'text',
        label: words('console.form.group'),
        help: words('console.form.group.help'),
      },
    ],
    values: { platform: 'linux', group: path },
    submitLabel: words('console.button.add'),
    submit: async (values) => {
      const address = textOrNull(values['address']);
      if (address === null) return { field: 'address', content: words('console.form.required') };
      const endpoint = parseEndpoint(address);
      if (!endpoint.ok) return { field: 'address', content: endpoint.failure };
      const saved = await context.send('saveDevices', {
        devices: [
          {
            name: textOrNull(values['name']) ?? endpoint.value.address,
            address: endpoint.value.address,
            port: endpoint.value.port,
            user: textOrNull(values['user']),
            platform: (values['platform'] ?? 'linux') as Platform,
            jumpHost: null,
            groupPath: textOrNull(values['group']),
          },
        ],
      });
      if (!saved.ok) return { field: null, content: saved.failure };
      const refused = saved.value.refused[0];
      if (refused) return { field: null, content: refused.failure };
      const isNew = saved.value.added.length > 0;
      notify(context, words(isNew ? 'console.notice.deviceAdded' : 'console.notice.deviceUpdated'));
      return null;
    },
  });
}

export function editDevice(context: ConsoleContext, id: string) {
  const device = context.getState().model.collections.devices.get(id);
  if (device === undefined) return;
  openForm(context, {
    title: words('console.form.editDevice'),
    fields,
    values: {
      address: endpointText(device),
      name: device.name,
      user: device.user ?? '',
      platform: device.platform,
    },
    submit: async (values) => {
      const endpoint = parseEndpoint(values['address']?.trim() ?? '');
      if (!endpoint.ok) return { field: 'address', content: endpoint.failure };
      const saved = await context.send('updateDevice', {
        id,
        device: {
          name: textOrNull(values['name']) ?? endpoint.value.address,
          address: endpoint.value.address,
          port: endpoint.value.port,
          user: textOrNull(values['user']),
          platform: (values['platform'] ?? 'linux') as Platform,
        },
      });
      return saved.ok ? null : { field: null, content: saved.failure };
    },
  });
}

/** The group is chosen from a list, with every group's whole path. */
export function moveDevices(context: ConsoleContext, ids: readonly string[]) {
  const { groups } = context.getState().model.collections;
  const items: { id: string; label: { plain: string } | ReturnType<typeof words> }[] = [
    { id: '', label: words('console.node.unassigned') },
  ];
  const visit = (parent: string | null) => {
    for (const group of childGroups(groups).get(parent) ?? []) {
      items.push({ id: group.id, label: { plain: groupPath(groups, group.id) } });
      visit(group.id);
    }
  };
  visit(null);
  context.dispatch({
    type: 'ui/overlayOpened',
    overlay: {
      kind: 'choice',
      title: words('console.choice.moveTo', { count: ids.length }),
      items,
      cursor: 0,
      onChosen: async (id) => {
        const groupId = id === '' ? null : id;
        const moved = await answered(context, context.send('moveDevices', { ids: [...ids], groupId }));
        if (moved) notify(context, words('console.notice.moved', { count: ids.length }));
      },
    },
  });
}

export function removeDevices(context: ConsoleContext, ids: readonly string[]) {
  const first = context.getState().model.collections.devices.get(ids[0]!);
  confirm(context, {
    title: words('console.confirm.removeDevices'),
    lines: [
      ids.length === 1
        ? words('console.confirm.removeDevice.what', { name: first?.name ?? '' })
        : words('console.confirm.removeDevices.what', { count: ids.length }),
      words('console.confirm.removeDevices.kept'),
    ],
    buttons: [
      {
        label: words('console.button.remove'),
        perform: async () => {
          const removed = await answered(context, context.send('removeDevices', { ids: [...ids] }));
          if (removed) notify(context, words('console.notice.removed', { count: ids.length }));
        },
      },
    ],
  });
}
