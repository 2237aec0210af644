/** What a stage is doing at the moment: codes that workers report. */
export const activities = {
  waitingForLock: 'waiting for another installation on the device',
  waitingForRetry: 'waiting to try again',
  waitingForUser: 'waiting for the user',
  waitingForReboot: 'waiting for the device to come back',
  waitingForOtherRun: 'waiting for another run on this device',
  waitingForSeat: 'waiting for a free seat of the license',
  leavingInstaller: 'its running installer is left to finish',
  endingInstaller: 'its running installer is being ended',
  reconnecting: 'connecting again',
} as const;
