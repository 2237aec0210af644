import { endpointText } from '../../../domain/endpointText.ts';
import type { Model } from '../../../domain/model.ts';
import type { MessageKey } from '../../../i18n/messages.ts';
import { searchForm } from '../../../shared/searchForm.ts';
import { memoise } from '../../state/memoise.ts';
import { groupNodeId, groupPath } from '../../state/tree.ts';

/** Something of the model that the palette leads to. Its texts come from people and devices (B102). */
export interface PaletteObject {
  /** Names it in what was chosen lately: `device:…`. */
  readonly id: string;
  readonly kind: MessageKey;
  readonly name: string;
  /** Stands behind the name. */
  readonly detail: string;
  /** In `searchForm`: what is typed is looked for in it. */
  readonly text: string;
  readonly leadsTo:
    | { readonly run: string }
    | { readonly node: string; readonly row: string | null; readonly tab?: number };
}

type Made = Omit<PaletteObject, 'text'>;

const withText = (made: Made): PaletteObject => ({
  ...made,
  text: searchForm(`${made.name} ${made.detail}`),
});

const groupObjects = memoise((groups: Model['groups']): readonly PaletteObject[] =>
  [...groups.keys()].map((id) =>
    withText({
      id: `group:${id}`,
      kind: 'console.column.group',
      name: groupPath(groups, id),
      detail: '',
      leadsTo: { node: groupNodeId(id), row: null },
    }),
  ),
);

const packageObjects = memoise((packages: Model['packages']): readonly PaletteObject[] =>
  [...packages.values()].map(({ id, name, version, format }) =>
    withText({
      id: `package:${id}`,
      kind: 'console.column.package',
      name: `${name} ${version}`.trim(),
      detail: format,
      leadsTo: { node: 'packages', row: id },
    }),
  ),
);

const taskObjects = memoise((tasks: Model['tasks']): readonly PaletteObject[] =>
  [...tasks.values()].map(({ id, name, targets }) =>
    withText({
      id: `task:${id}`,
      kind: 'console.column.task',
      name,
      detail: '',
      leadsTo:
        targets.kind === 'group'
          ? { node: groupNodeId(targets.groupId), row: id, tab: 1 }
          : { node: 'tasks', row: id },
    }),
  ),
);

const runObjects = memoise((runs: Model['runs']): readonly PaletteObject[] =>
  [...runs.values()]
    .sort((a, b) => b.number - a.number)
    .map(({ id, number, taskName, packageLabel }) =>
      withText({
        id: `run:${id}`,
        kind: 'console.palette.run',
        name: `${number} ${taskName}`,
        detail: packageLabel,
        leadsTo: { run: id },
      }),
    ),
);

const accountObjects = memoise((accounts: Model['accounts']): readonly PaletteObject[] =>
  [...accounts.values()].map(({ id, name, user }) =>
    withText({
      id: `account:${id}`,
      kind: 'console.column.account',
      name,
      detail: user,
      leadsTo: { node: 'accounts', row: id },
    }),
  ),
);

const licenseObjects = memoise((licenses: Model['licenses']): readonly PaletteObject[] =>
  [...licenses.values()].map(({ id, name, product }) =>
    withText({
      id: `license:${id}`,
      kind: 'console.palette.license',
      name,
      detail: product,
      leadsTo: { node: 'licenses', row: id },
    }),
  ),
);

const deviceObjects = memoise((devices: Model['devices']): readonly PaletteObject[] =>
  [...devices.values()].map((device) =>
    withText({
      id: `device:${device.id}`,
      kind: 'console.column.device',
      name: device.name,
      detail: endpointText(device),
      leadsTo: {
        node: device.groupId === null ? 'unassigned' : groupNodeId(device.groupId),
        row: device.id,
      },
    }),
  ),
);

/** Everything that can be gone to; each kind is made anew only when it has changed. */
export const paletteObjects = memoise((model: Model): readonly PaletteObject[] => [
  ...groupObjects(model.groups),
  ...packageObjects(model.packages),
  ...taskObjects(model.tasks),
  ...runObjects(model.runs),
  ...licenseObjects(model.licenses),
  ...accountObjects(model.accounts),
  ...deviceObjects(model.devices),
]);
