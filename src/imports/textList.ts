import { parseAddressWord } from './addressWord.ts';
import { type DeviceList, DeviceListBuilder, invalid } from './deviceList.ts';

/** B10: one address a line (also `user@host:port`, a CIDR block or a range); `#` begins a comment. */
export function parseTextList(text: string): DeviceList {
  const builder = new DeviceListBuilder();
  for (const [index, raw] of text.split(/\r\n|\n|\r/).entries()) {
    if (builder.isFull) break;
    const line = index + 1;
    const word = raw.replace(/(^|\s)#.*$/, '').trim();
    if (word === '') continue;
    if (/\s/.test(word)) {
      builder.refuse(line, raw, invalid('address', 'oneAddress'));
      continue;
    }
    const endpoints = parseAddressWord(word);
    if (!endpoints.ok) {
      builder.refuse(line, raw, endpoints.failure);
      continue;
    }
    for (const { address, port, user } of endpoints.value)
      builder.add(
        { line, name: address, address, port, user, jumpHost: null, groupPath: null, platform: 'linux' },
        raw,
      );
  }
  return builder.list();
}
