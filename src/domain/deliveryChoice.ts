import type { Platform, TaskSettings } from './model.ts';

type Delivery = TaskSettings['delivery'];

/**
 * B12 to B21: what each check box of window 2 allows, in the order of preference. OS tools are used only where
 * the agent's means are not available for the device.
 */
const choices: readonly { readonly box: keyof Delivery; readonly methods: Record<Platform, string> }[] = [
  {
    box: 'networkAgent',
    methods: { linux: 'networkAgent', macos: 'networkAgent', windows: 'networkAgent' },
  },
  {
    box: 'sharedFoldersDistributionPoints',
    methods: { linux: 'distributionPoint', macos: 'distributionPoint', windows: 'distributionPoint' },
  },
  { box: 'sharedFoldersServer', methods: { linux: 'ssh', macos: 'ssh', windows: 'smb' } },
];

/** B22: at least one way must be ticked. */
export const hasDelivery = (delivery: Delivery): boolean => choices.some(({ box }) => delivery[box]);

/** The method for a device, out of those that this server has; null: none. */
export function chooseMethod(
  delivery: Delivery,
  platform: Platform,
  available: ReadonlySet<string>,
): string | null {
  for (const { box, methods } of choices) {
    if (delivery[box] && available.has(methods[platform])) return methods[platform];
  }
  return null;
}
