import type { Programs } from './cli/program/context.ts';
import { version } from './shared/version.ts';

/** The oldest Node.js that this program runs on. */
const oldestNode = 24;

const programs: Programs = {
  version,
  runServer: async (options) => (await import('./server/main.ts')).runServer(options),
  runConsole: async (options) => (await import('./console/main.tsx')).runConsole(options),
};

async function main(): Promise<void> {
  // Before anything else is loaded: an old Node.js fails in ways that say nothing.
  if (Number(process.versions.node.split('.')[0]) < oldestNode) {
    process.stderr.write(
      `haifu: Node.js ${oldestNode} or newer is needed; this is ${process.versions.node}. Run "npm ci" in the folder of haifu (without --omit=optional).\n` +
        `haifu: Node.js ${oldestNode} 以降が必要です（現在 ${process.versions.node}）。haifu のフォルダーで npm ci を実行してください（--omit=optional は付けません）。\n`,
    );
    process.exit(2);
  }
  const { runProgram } = await import('./cli/program/runProgram.ts');
  const { consoleCommand } = await import('./cli/commands/console.ts');
  const { commandTable } = await import('./commandTable.ts');
  const status = await runProgram(process.argv.slice(2), commandTable, consoleCommand, programs);
  // Whatever is still under way (a line, a timer) ends here, but not before the last word is out.
  process.stdout.write('', () => process.exit(status));
}

await main();
