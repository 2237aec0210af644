import type { CommandWord } from './cli/program/command.ts';

/** Every command by its first word, in the order of the usage. Adding one is a file and a line here. */
export const commandTable: readonly CommandWord[] = [
  {
    name: 'install',
    summary: 'cli.install.summary',
    load: async () => (await import('./cli/commands/install.ts')).installCommand,
  },
  {
    name: 'package',
    summary: 'cli.package.summary',
    load: async () => (await import('./cli/commands/package.ts')).packageCommands,
  },
  {
    name: 'device',
    summary: 'cli.device.summary',
    load: async () => (await import('./cli/commands/device.ts')).deviceCommands,
  },
  {
    name: 'group',
    summary: 'cli.group.summary',
    load: async () => (await import('./cli/commands/group.ts')).groupCommands,
  },
  {
    name: 'account',
    summary: 'cli.account.summary',
    load: async () => (await import('./cli/commands/account.ts')).accountCommands,
  },
  {
    name: 'license',
    summary: 'cli.license.summary',
    load: async () => (await import('./cli/commands/license.ts')).licenseCommands,
  },
  {
    name: 'hostkey',
    summary: 'cli.hostkey.summary',
    load: async () => (await import('./cli/commands/hostkey.ts')).hostkeyCommands,
  },
  {
    name: 'task',
    summary: 'cli.task.summary',
    load: async () => (await import('./cli/commands/task.ts')).taskCommands,
  },
  {
    name: 'run',
    summary: 'cli.run.summary',
    load: async () => (await import('./cli/commands/run.ts')).runCommands,
  },
  {
    name: 'report',
    summary: 'cli.report.summary',
    load: async () => (await import('./cli/commands/report.ts')).reportCommand,
  },
  {
    name: 'demo',
    summary: 'demo.summary',
    load: async () => (await import('./demo/demoCommand.ts')).demoCommand,
  },
  {
    name: 'server',
    summary: 'cli.server.summary',
    load: async () => (await import('./cli/commands/server.ts')).serverCommands,
  },
  {
    name: 'completion',
    summary: 'cli.completion.summary',
    load: async () => (await import('./cli/commands/completion.ts')).completionCommands,
  },
  {
    name: 'complete',
    summary: 'cli.completion.summary',
    isHidden: true,
    load: async () => (await import('./cli/commands/complete.ts')).completeCommand,
  },
];
