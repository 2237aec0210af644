import type { CommandName } from '../protocol/commands.ts';

/** What a read-only console may ask of the server: none of it changes anything there or on a device. */
export const readingCommands: ReadonlySet<CommandName> = new Set<CommandName>([
  'hello',
  'status',
  'snapshot',
  'inspectDistributionPackage',
  'watchRun',
  'unwatchRun',
  'readLog',
  'followLog',
  'unfollowLog',
]);
