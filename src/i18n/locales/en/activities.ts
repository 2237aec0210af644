/** What a stage is doing at the moment: codes that workers report. */
export const activities = {
  waitingForLock: 'waiting for another installation on the device',
  waitingForRetry: 'waiting to try again',
  waitingForUser: 'waiting for the user',
  waitingForReboot: 'waiting for the device to come back',
  waitingForOtherRun: 'waiting for another run on this device',
  reconnecting: 'connecting again',
} as const;
