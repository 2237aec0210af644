import type { TaskSettings } from './model.ts';

/** B41: a notice is repeated, and a restart put off, for a day at the longest. */
export const longestRestartWaitMinutes = 1440;

/** The wizard's and the command line's defaults: B12, B16, B19, B23, B33, B35, B41, B43. */
export const defaultTaskSettings = (restartMessage: string): TaskSettings => ({
  delivery: { networkAgent: true, sharedFoldersServer: true, sharedFoldersDistributionPoints: false },
  attemptsLimit: 3,
  foreignDevices: 'installOnAll',
  skipIfInstalled: true,
  verifyPlatform: true,
  concurrency: 50,
  bandwidthBytesPerSecond: null,
  waveSize: null,
  stopAfterFailures: null,
  stopAfterUnreachable: null,
  restart: {
    kind: 'promptUser',
    message: restartMessage,
    repeatMinutes: 5,
    automaticMinutes: 30,
    forceClose: false,
  },
  accountIds: [],
  hostKeyPolicy: 'strict',
});
