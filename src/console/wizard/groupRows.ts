import type { Failure } from '../../domain/failure.ts';
import { childrenByParent } from '../../domain/groupTree.ts';
import type { Device, Model } from '../../domain/model.ts';
import { isFound } from '../../shared/searchForm.ts';
import { memoise } from '../state/memoise.ts';
import { troubleRow } from './deviceTree.ts';
import type { ListRow } from './field.ts';
import { placeText } from './placeText.ts';

const byName = (a: { readonly name: string }, b: { readonly name: string }): number =>
  a.name.localeCompare(b.name, undefined, { numeric: true, sensitivity: 'base' });

const rowsOf = memoise(
  (
    groups: Model['groups'],
    devices: Model['devices'],
    groupId: string,
    filter: string,
    troubles: ReadonlyMap<string, Failure>,
  ): readonly ListRow[] => {
    const isFiltered = filter.trim() !== '';
    const subgroups = childrenByParent(groups);
    const byGroup = Map.groupBy(devices.values(), (device: Device) => device.groupId);
    const deviceRows = (id: string, depth: number): ListRow[] =>
      (byGroup.get(id) ?? [])
        .filter(({ name, address }) => isFound(filter, name, address))
        .toSorted(byName)
        .map((device) => ({
          id: device.id,
          text: device.name,
          detail: placeText(device) === device.name ? '' : placeText(device),
          depth,
          isFound: isFiltered,
          ...troubleRow(troubles.get(device.id)),
        }));
    const rows = (id: string, depth: number): ListRow[] => [
      ...(subgroups.get(id) ?? []).toSorted(byName).flatMap((group) => {
        const below = rows(group.id, depth + 1);
        if (isFiltered && below.length === 0) return [];
        return [{ id: group.id, text: group.name, depth, expanded: true }, ...below];
      }),
      ...deviceRows(id, depth),
    ];
    return rows(groupId, 0);
  },
);

/** B61: the group's devices as they are now, subgroups included. */
export const groupRows = (
  model: Pick<Model, 'devices' | 'groups'>,
  groupId: string,
  filter: string,
  troubles: ReadonlyMap<string, Failure>,
): readonly ListRow[] => rowsOf(model.groups, model.devices, groupId, filter, troubles);
