import { spawn } from 'node:child_process';
import { open } from 'node:fs/promises';
import { type Failure, failed, type Outcome } from '../domain/failure.ts';
import { makeFolder } from '../shared/makeFolder.ts';
import { fail, ok } from '../shared/result.ts';
import { serverEnvironment } from './serverEnvironment.ts';
import { serverLog } from './serverFiles.ts';
import { supervised } from './supervisor.ts';

/** What `haifu server run` says to its parent over the IPC channel, once. */
export type StartReport =
  | { readonly type: 'serverReady' }
  | { readonly type: 'serverRefused'; readonly failure: Failure };

/** How this program is started again: the interpreter and what stands before the command's own words. */
export interface Program {
  readonly executable: string;
  readonly leadingArguments: readonly string[];
}
export const thisProgram = (): Program => ({
  executable: process.execPath,
  leadingArguments: [...process.execArgv, process.argv[1]!],
});

/** Loading a large store and recovering runs comes before readiness. */
const startLimitMs = 60_000;

/**
 * Starts a server in the background, supervised in a session of its own, and resolves when it serves. `server.locked`: there
 * is one already (it may not serve yet). `server.startFailed` names the log.
 */
export async function startServer(dataFolder: string, program: Program): Promise<Outcome<null>> {
  const log = serverLog(dataFolder);
  let file: Awaited<ReturnType<typeof open>>;
  try {
    await makeFolder(dataFolder);
    file = await open(log, 'a', 0o600);
  } catch (error) {
    return failed('input.fileUnwritable', {
      path: log,
      reason: (error as NodeJS.ErrnoException).code ?? 'open',
    });
  }
  const [shell, ...words] = supervised(dataFolder, [
    program.executable,
    ...program.leadingArguments,
    ...['server', 'run', '--data', dataFolder],
  ]);
  const child = spawn(shell!, words, {
    cwd: '/',
    detached: true,
    env: serverEnvironment(process.env),
    stdio: ['ignore', file.fd, file.fd, 'ipc'],
  });
  const report = await new Promise<Outcome<null>>((resolve) => {
    const limit = setTimeout(
      () => resolve(failed('server.startFailed', { log, reason: 'time-out' })),
      startLimitMs,
    );
    const settle = (outcome: Outcome<null>) => {
      clearTimeout(limit);
      resolve(outcome);
    };
    child.once('message', (message) => {
      const said = message as StartReport;
      settle(said.type === 'serverReady' ? ok(null) : fail(said.failure));
    });
    child.once('error', (error: NodeJS.ErrnoException) =>
      settle(failed('server.startFailed', { log, reason: error.code ?? error.message })),
    );
    child.once('exit', (code, signal) =>
      settle(failed('server.startFailed', { log, reason: signal ?? `exit ${code}` })),
    );
  });
  if (child.connected) child.disconnect();
  child.unref();
  await file.close();
  return report;
}
