/** What a stage is doing at the moment: codes that workers report. */
export const activities = {
  waitingForLock: 'waiting for another installation on the device',
  waitingForRetry: 'waiting to try again',
  waitingForUser: 'waiting for the user',
  waitingForReboot: 'waiting for the device to come back',
  waitingForOtherRun: 'waiting for another run on this device',
  waitingForSeat: 'waiting for a free seat of the license',
  // Narrow columns show the first words only: they say which (B87).
  leavingInstaller: 'left to finish: its running installer',
  endingInstaller: 'being ended: its running installer',
  reconnecting: 'connecting again',
} as const;
