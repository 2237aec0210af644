export const help = {
  intro:
    'haifu installs software on fleets of devices over SSH. Choose a package or a group on the left and press i: the remote installation wizard leads through the rest.',
  runsGoOn:
    'Runs belong to the administration server: they go on when this console is closed or its line is lost.',
  firstSteps:
    'First steps: add a package (Installation packages, n), add devices (Unassigned devices, n or I), add an account (Accounts, n), read and trust the host keys (devices, K; Host keys, t), then install (i).',
  'context.firstSteps': 'First steps',
  'context.global': 'Everywhere in the console',
  'context.list': 'In every list',
  'context.tree': 'In the console tree',
  'context.table': "In a workspace's table",
  'context.detail': 'In the details',
  'context.run': 'In a run',
  'context.runDevice': "In a device's log",
  'context.menu': 'In a menu',
  'context.confirm': 'In a question',
  'context.form': 'In a form',
  'context.logSearch': 'While searching a log',
  'context.filter': 'While filtering',
  'context.pick': 'In a list to choose from by typing',
  'context.palette': 'While finding an action or object',
  'context.report': 'In a text like this one',
  'context.always': 'Always',
} as const;
