import { devicesOfGroup } from '../../domain/groupTree.ts';
import type { Device, Model } from '../../domain/model.ts';
import type { CommandParams } from '../../protocol/commands.ts';
import { memoise } from '../state/memoise.ts';
import { type AddressEntry, type AddressList, parseTypedAddresses } from './addressList.ts';
import { chosenPackage } from './packageChoice.ts';
import type { WizardContext, WizardState } from './wizardState.ts';

export type NewDevice = CommandParams<'saveDevices'>['devices'][number];

/** Where the package will go: devices that the server knows, and addresses that it must be told first. */
export interface ChosenTargets {
  readonly devices: readonly Device[];
  readonly newDevices: readonly NewDevice[];
}

/** How many devices each way of naming them has brought, every device counted where it was named first. */
export interface TargetSources {
  readonly tree: number;
  readonly typed: number;
  readonly file: number;
}

export interface SourcedTargets extends ChosenTargets {
  readonly sources: TargetSources;
}

const defaultPort = 22;
const placeOf = (at: { readonly address: string; readonly port: number | null }): string =>
  `${at.address.toLowerCase()} ${at.port ?? defaultPort}`;

const typedList = memoise(parseTypedAddresses);

const devicesByPlace = memoise((devices: Model['devices']): ReadonlyMap<string, Device> => {
  const places = new Map<string, Device>();
  for (const device of devices.values()) places.set(placeOf(device), device);
  return places;
});

/** What was typed and what the text file holds. */
export function addressLists(state: WizardState): {
  readonly typed: AddressList;
  readonly file: AddressList | null;
} {
  const { typedAddresses, addressFile } = state.values;
  const isRead = state.addressFile !== null && state.addressFile.path === addressFile;
  return { typed: typedList(typedAddresses), file: isRead ? state.addressFile.list : null };
}

const asNewDevice = (entry: AddressEntry, platform: Device['platform']): NewDevice => ({
  name: entry.name,
  address: entry.address,
  port: entry.port,
  user: entry.user,
  platform,
  jumpHost: null,
  groupPath: null,
});

const merged = memoise(
  (
    devices: Model['devices'],
    marked: ReadonlySet<string>,
    typed: AddressList,
    file: AddressList | null,
    platform: Device['platform'],
  ): SourcedTargets => {
    const known = devicesByPlace(devices);
    const chosen = new Map([...marked].flatMap((id) => devices.get(id) ?? []).map((one) => [one.id, one]));
    const added = new Map<string, NewDevice>();
    const count = (): number => chosen.size + added.size;
    const add = (entries: readonly AddressEntry[]): number => {
      const before = count();
      for (const entry of entries) {
        const place = placeOf(entry);
        const device = known.get(place);
        if (device !== undefined) chosen.set(device.id, device);
        else if (!added.has(place)) added.set(place, asNewDevice(entry, platform));
      }
      return count() - before;
    };
    const sources = { tree: chosen.size, typed: add(typed.devices), file: add(file?.devices ?? []) };
    return { devices: [...chosen.values()], newDevices: [...added.values()], sources };
  },
);

const ofGroup = memoise(
  (groups: Model['groups'], devices: Model['devices'], groupId: string): SourcedTargets => {
    const below = devicesOfGroup({ groups, devices }, groupId);
    return { devices: below, newDevices: [], sources: { tree: below.length, typed: 0, file: 0 } };
  },
);

/** B10, B61: every device once, however often and in whatever way it was named. */
export function chosenTargets(state: WizardState, context: WizardContext): SourcedTargets {
  const { devices, groups } = context.model;
  if (state.start.kind === 'group') return ofGroup(groups, devices, state.start.groupId);
  const { typed, file } = addressLists(state);
  const platform = chosenPackage(state, context)?.platform ?? 'linux';
  return merged(devices, state.markedDeviceIds, typed, file, platform);
}

export const targetCount = ({ devices, newDevices }: ChosenTargets): number =>
  devices.length + newDevices.length;
