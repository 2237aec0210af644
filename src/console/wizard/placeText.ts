import type { Device } from '../../domain/model.ts';

/** Where a device is reached, for people: `10.0.0.1`, `10.0.0.1:2222`, `[fd00::1]:2222`. */
export function placeText({ address, port }: Pick<Device, 'address' | 'port'>): string {
  if (port === null) return address;
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
