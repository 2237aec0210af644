import { endpointText } from '../../domain/endpointText.ts';
import type { Outcome } from '../../domain/failure.ts';
import type { Device, JumpHost, Platform } from '../../domain/model.ts';
import { parseEndpoint } from '../../imports/addressWord.ts';
import { ok } from '../../shared/result.ts';
import type { ConsoleContext } from '../consoleContext.ts';
import type { FormField, FormProblem, FormValues } from '../state/formState.ts';
import { fieldsOf, unlessChanged } from '../state/pastChange.ts';
import { groupPath } from '../state/tree.ts';
import { words } from '../state/words.ts';
import { notify } from './ask.ts';
import { checkedBy, openForm, textOrNull } from './openForm.ts';
import { deviceFields, rememberSaved } from './rememberSaved.ts';
import { remember } from './undo.ts';

const platformChoices = [
  { id: 'linux', label: { plain: 'Linux' } },
  { id: 'windows', label: { plain: 'Windows' } },
  { id: 'macos', label: { plain: 'macOS' } },
];

/** The address of a jump host; empty: there is none. */
function jumpHostOf(text: string | undefined): Outcome<JumpHost | null> {
  const typed = textOrNull(text);
  if (typed === null) return ok(null);
  return parseEndpoint(typed);
}

const jumpHostText = (jumpHost: JumpHost | null): string =>
  jumpHost === null ? '' : `${jumpHost.user === null ? '' : `${jumpHost.user}@`}${endpointText(jumpHost)}`;

const fields: readonly FormField[] = [
  {
    id: 'address',
    kind: 'text',
    label: words('console.form.address'),
    help: words('console.form.address.help'),
    isRequired: true,
    check: checkedBy((text) => parseEndpoint(text.trim())),
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
  {
    id: 'jumpHost',
    kind: 'text',
    label: words('changes.form.jumpHost'),
    help: words('changes.form.jumpHost.help'),
    check: checkedBy(jumpHostOf),
  },
];

type DeviceFields = Pick<Device, 'name' | 'address' | 'port' | 'user' | 'platform' | 'jumpHost'>;

function deviceOf(values: FormValues): { device: DeviceFields } | { problem: FormProblem } {
  const endpoint = parseEndpoint(values['address']?.trim() ?? '');
  if (!endpoint.ok) return { problem: { field: 'address', content: endpoint.failure } };
  const jumpHost = jumpHostOf(values['jumpHost']);
  if (!jumpHost.ok) return { problem: { field: 'jumpHost', content: jumpHost.failure } };
  const { address, port, user } = endpoint.value;
  return {
    device: {
      name: textOrNull(values['name']) ?? address,
      address,
      port,
      user: textOrNull(values['user']) ?? user,
      platform: (values['platform'] ?? 'linux') as Platform,
      jumpHost: jumpHost.value,
    },
  };
}

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
      const made = deviceOf(values);
      if ('problem' in made) return made.problem;
      const groupPath = textOrNull(values['group']);
      const before = context.getState().model.collections.devices;
      const saved = await context.send('saveDevices', { devices: [{ ...made.device, groupPath }] });
      if (!saved.ok) return { field: null, content: saved.failure };
      const refused = saved.value.refused[0];
      if (refused) return { field: null, content: refused.failure };
      const { name } = made.device;
      const [added] = saved.value.added;
      const what = added ? 'changes.what.deviceAdded' : 'changes.what.deviceEdited';
      rememberSaved(context, words(what, { name }), before, saved.value);
      notify(context, words(added ? 'console.notice.deviceAdded' : 'console.notice.deviceUpdated'));
      return null;
    },
  });
}

export function editDevice(context: ConsoleContext, id: string) {
  const before = context.getState().model.collections.devices.get(id);
  if (before === undefined) return;
  openForm(context, {
    title: words('console.form.editDevice'),
    fields,
    values: {
      address: endpointText(before),
      name: before.name,
      user: before.user ?? '',
      platform: before.platform,
      jumpHost: jumpHostText(before.jumpHost),
    },
    submit: async (values) => {
      const made = deviceOf(values);
      if ('problem' in made) return made.problem;
      const saved = await context.send('updateDevice', { id, device: made.device });
      if (!saved.ok) return { field: null, content: saved.failure };
      const after = fieldsOf(saved.value.device, deviceFields);
      remember(context, {
        what: words('changes.what.deviceEdited', { name: before.name }),
        inverse: ({ devices }) =>
          unlessChanged(devices.get(id), after, [
            { command: 'updateDevice', params: { id, device: fieldsOf(before, deviceFields) } },
          ]),
      });
      notify(context, words('changes.saved', { name: saved.value.device.name }));
      return null;
    },
  });
}
