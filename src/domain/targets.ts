import { devicesOfGroup } from './groupTree.ts';
import type { Device, Model, Targets } from './model.ts';

/** The devices that a run goes to: those listed, or the group as it is now, subgroups included (B63). */
export function devicesOf(model: Pick<Model, 'groups' | 'devices'>, targets: Targets): Device[] {
  if (targets.kind === 'group') return devicesOfGroup(model, targets.groupId);
  return Array.from(new Set(targets.deviceIds)).flatMap((id) => model.devices.get(id) ?? []);
}
