export const demo = {
  summary: 'an embedded fleet of devices to try everything on; the machine itself is not touched',
  optionDevices: 'how many devices, 10 to 200 (default 12)',
  optionHeadless: 'run one installation and print its progress, without the console',
  preparing: 'Starting {count} devices: real SSH servers on this machine, each with a folder of its own …',
  ready: 'Package, accounts and devices are registered, as an administrator would do it.',
  expected:
    'All as planned: one device is switched off, one shows a changed host key; one wanted the second account, one failed twice before it worked, one restarted.',
  unexpected: 'This is not how the demo should end. The reasons stand above.',
  reopen: 'Its devices are part of the demo and go with it. Open the console again?',
  cleaning: 'Removing the demo fleet and its data.',
  restartMessage: 'An application was installed. This device has to restart.',
} as const;
