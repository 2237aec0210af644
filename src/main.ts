import type { CommandWord } from './cli/program/command.ts';
import type { Programs } from './cli/program/context.ts';
import { version } from './shared/version.ts';

/** The oldest Node.js that this program runs on. */
const oldestNode = 24;

const commandTable: readonly CommandWord[] = [
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
];

const programs: Programs = {
  version,
  runServer: async (options) => (await import('./server/main.ts')).runServer(options),
  runConsole: async (options) => (await import('./console/main.tsx')).runConsole(options),
};

async function main(): Promise<void> {
  // Before anything else is loaded: an old Node.js fails in ways that say nothing.
  if (Number(process.versions.node.split('.')[0]) < oldestNode) {
    process.stderr.write(
      `haifu: Node.js ${oldestNode} or newer is needed; this is ${process.versions.node}.\n` +
        `haifu: Node.js ${oldestNode} 以降が必要です(現在 ${process.versions.node})。\n`,
    );
    process.exit(2);
  }
  const { runProgram } = await import('./cli/program/runProgram.ts');
  const { consoleCommand } = await import('./cli/commands/console.ts');
  const status = await runProgram(process.argv.slice(2), commandTable, consoleCommand, programs);
  // Whatever is still under way (a line, a timer) ends here, but not before the last word is out.
  process.stdout.write('', () => process.exit(status));
}

await main();
