import type { Device } from './model.ts';

/** B50: from top to bottom, but the account that worked on this device last time goes first. */
export function accountOrder(accountIds: readonly string[], device: Pick<Device, 'lastAccountId'>): string[] {
  const last = device.lastAccountId;
  const unique = Array.from(new Set(accountIds));
  return last !== null && unique.includes(last) ? [last, ...unique.filter((id) => id !== last)] : unique;
}
