import type { Device, Model } from '../../domain/model.ts';
import type { CommandName, CommandParams } from '../../protocol/commands.ts';
import type { ConsoleContext } from '../consoleContext.ts';
import { fieldsOf, type InverseCommand } from '../state/pastChange.ts';
import { type Words, words } from '../state/words.ts';
import { remember, rememberFinal } from './undo.ts';

/** Each takes a command of its own to become what it was. */
const mostTakenBack = 500;
export const deviceFields = ['name', 'address', 'port', 'user', 'platform', 'jumpHost'] as const;

const command = <N extends CommandName>(name: N, params: CommandParams<N>) =>
  ({ command: name, params }) as InverseCommand;

function takenBack(
  model: Model,
  before: Model['devices'],
  { added, updated }: Saved,
): readonly InverseCommand[] {
  const ids = added.filter(({ id }) => model.devices.has(id)).map(({ id }) => id);
  const changed = updated.flatMap(({ id }) => (model.devices.has(id) ? (before.get(id) ?? []) : []));
  return [
    ...(ids.length > 0 ? [command('removeDevices', { ids })] : []),
    ...changed.flatMap((device): readonly InverseCommand[] => {
      const { id, groupId } = device;
      const isMoved = model.devices.get(id)?.groupId !== groupId;
      const isThere = groupId === null || model.groups.has(groupId);
      return [
        command('updateDevice', { id, device: fieldsOf(device, deviceFields) }),
        ...(isMoved && isThere ? [command('moveDevices', { ids: [id], groupId })] : []),
      ];
    }),
  ];
}

interface Saved {
  readonly added: readonly Device[];
  readonly updated: readonly Device[];
}

/** Devices that were saved together: undo removes the new ones and gives the others back what they had `before`. */
export function rememberSaved(context: ConsoleContext, what: Words, before: Model['devices'], saved: Saved) {
  if (saved.added.length + saved.updated.length === 0) return;
  if (saved.updated.length > mostTakenBack)
    return rememberFinal(context, what, words('changes.why.manyUpdated', { max: mostTakenBack }));
  remember(context, { what, inverse: (model) => takenBack(model, before, saved) });
}
