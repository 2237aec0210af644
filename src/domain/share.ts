/** B90: a number of devices, or a percentage of all devices of a run. */
export type Share = number | `${number}%`;

export const mostDevicesOfShare = 100_000;

/** `5` or `10%`, in full-width characters too; null: neither, or out of bounds (1 to 100,000; 1 % to 100 %). */
export function shareOf(text: string): Share | null {
  const [, digits, percent] = /^(\d{1,6})\s*(%?)$/.exec(text.normalize('NFKC').trim()) ?? [];
  const number = Number(digits ?? 0);
  if (number < 1 || number > (percent === '%' ? 100 : mostDevicesOfShare)) return null;
  return percent === '%' ? `${number}%` : number;
}

/** How many of a run's devices that is: a part of a device counts as one, so never none. */
export const devicesOfShare = (share: Share, total: number): number =>
  typeof share === 'number' ? share : Math.max(1, Math.ceil((total * Number(share.slice(0, -1))) / 100));
