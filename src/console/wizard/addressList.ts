import type { DeviceList, ImportedDevice } from '../../imports/deviceList.ts';
import { parseTextList } from '../../imports/textList.ts';

export type AddressList = DeviceList;
export type AddressEntry = ImportedDevice;

/** Naming an address twice is no mistake here: it is taken once. */
const isRepetition = ({ failure }: DeviceList['refused'][number]): boolean =>
  failure.params['expected'] === 'onlyOnce';

const withoutRepetitions = (list: DeviceList): AddressList => ({
  devices: list.devices,
  refused: list.refused.filter((line) => !isRepetition(line)),
});

/** B10: addresses typed on one line, parted by blanks, commas or semicolons, Japanese ones too. */
export function parseTypedAddresses(text: string): AddressList {
  const lines = text
    .normalize('NFKC')
    .replace(/([\d.]+)\s*[-~〜]\s*(?=\d)/g, '$1-')
    .split(/[\s,;、]+/)
    .join('\n');
  return withoutRepetitions(parseTextList(lines));
}

/** B10: a text file with one address a line. */
export const parseAddressFile = (text: string): AddressList => withoutRepetitions(parseTextList(text));
