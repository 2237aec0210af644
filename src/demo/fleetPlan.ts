/** What makes a device of the embedded fleet worth watching. `ordinary`: it just installs. */
export type DemoRole =
  | 'ordinary'
  | 'unreachable'
  | 'secondAccount'
  | 'failsTwice'
  | 'wantsRestart'
  | 'changedHostKey';

export interface DemoDevice {
  readonly name: string;
  readonly groupPath: string;
  readonly role: DemoRole;
  /** Loopback address; every device of the fleet listens on the same port. */
  readonly address: string;
}

/** Spread so that the first screen already shows one of each. */
const roles: Readonly<Record<number, DemoRole>> = {
  2: 'secondAccount',
  4: 'failsTwice',
  6: 'wantsRestart',
  8: 'changedHostKey',
  10: 'unreachable',
};
const places = ['Tokyo/Web', 'Tokyo/Office', 'Osaka/Web', 'Osaka/Warehouse'] as const;

export const minDemoDevices = 10;
export const maxDemoDevices = 200;

/** `count` devices (10 to 200): the special ones first, then ordinary ones. */
export function planFleet(count: number): DemoDevice[] {
  return Array.from({ length: count }, (_, index) => {
    const number = index + 1;
    const groupPath = places[index % places.length] ?? places[0];
    const [city = '', kind = ''] = groupPath.toLowerCase().split('/');
    return {
      name: `${city}-${kind}-${String(number).padStart(2, '0')}`,
      groupPath,
      role: roles[number] ?? 'ordinary',
      address: `127.77.${Math.floor(number / 250)}.${(number % 250) + 10}`,
    };
  });
}

/** The two accounts of the demo: the second is what the `secondAccount` device wants. */
export const demoAccounts = [
  { name: 'deploy', user: 'deploy', password: 'spring-2025' },
  { name: 'deploy (new password)', user: 'deploy', password: 'autumn-2026' },
] as const;
