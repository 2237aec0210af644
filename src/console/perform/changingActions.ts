import type { ActionId } from '../keys/keymap.ts';

/**
 * What changes the server's data or touches a device: off in a read-only console. The server is asked for nothing that
 * is not in `readingCommands` either, so an action that is forgotten here changes nothing all the same.
 */
export const changingActions: ReadonlySet<ActionId> = new Set<ActionId>([
  'installApplication',
  'installOnGroup',
  'addEntry',
  'addGroup',
  'renameGroup',
  'removeGroup',
  'importDevices',
  'editEntry',
  'removeEntries',
  'checkDevices',
  'scanHostKeys',
  'moveDevices',
  'trustHostKeys',
  'runTask',
  'raiseAttempts',
  'cancelRun',
  'retryRun',
  'undo',
  'moveGroup',
  'copyTask',
  'releaseSeats',
  'firstPackage',
  'firstDevices',
  'firstAccount',
  'firstInstall',
]);
