export const help = {
  intro:
    'haifu installs software on fleets of devices over SSH. Choose a package or a group on the left and press i: the remote installation wizard leads through the rest.',
  runsGoOn:
    'Runs belong to the administration server: they go on when this console is closed or its line is lost.',
  firstSteps:
    'First steps: add a package (Installation packages, n), add devices (Unassigned devices, n or I), add an account (Accounts, n), read and trust the host keys (devices, K; Host keys, t), then install (i).',
  mouse:
    'The mouse works too: a click selects, at the beginning of a row it marks, at a heading it sorts, twice it opens; the right button has the menu. With Shift the terminal selects text as usual; z m or --no-mouse leaves the mouse to the terminal.',
  filter:
    'A filter takes words and fields: web state:failed group:Tokyo/* !os:debian "two words". Tab completes fields and values. Actions are done with the marked rows that the filter shows; marks that it hides are left alone.',
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
