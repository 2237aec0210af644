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
  ): ChosenTargets => {
    const known = devicesByPlace(devices);
    const chosen = new Map([...marked].flatMap((id) => devices.get(id) ?? []).map((one) => [one.id, one]));
    const added = new Map<string, NewDevice>();
    for (const entry of [...typed.devices, ...(file?.devices ?? [])]) {
      const place = placeOf(entry);
      const device = known.get(place);
      if (device !== undefined) chosen.set(device.id, device);
      else if (!added.has(place)) added.set(place, asNewDevice(entry, platform));
    }
    return { devices: [...chosen.values()], newDevices: [...added.values()] };
  },
);

const ofGroup = memoise(
  (groups: Model['groups'], devices: Model['devices'], groupId: string): ChosenTargets => ({
    devices: devicesOfGroup({ groups, devices }, groupId),
    newDevices: [],
  }),
);

/** B10, B61: every device once, however often and in whatever way it was named. */
export function chosenTargets(state: WizardState, context: WizardContext): ChosenTargets {
  const { devices, groups } = context.model;
  if (state.start.kind === 'group') return ofGroup(groups, devices, state.start.groupId);
  const { typed, file } = addressLists(state);
  const platform = chosenPackage(state, context)?.platform ?? 'linux';
  return merged(devices, state.markedDeviceIds, typed, file, platform);
}

export const targetCount = ({ devices, newDevices }: ChosenTargets): number =>
  devices.length + newDevices.length;
