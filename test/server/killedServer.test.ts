import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { type Connection, connect } from '../../src/client/connection.ts';
import { waitForEnd } from '../../src/client/processEnd.ts';
import { stopServer } from '../../src/client/serverStop.ts';
import { waitForServer } from '../../src/client/serverWait.ts';
import type { FromFleet } from '../../src/demo/fleetEntry.ts';
import { demoAccounts, planFleet } from '../../src/demo/fleetPlan.ts';
import { isFinal } from '../../src/domain/attempt.ts';
import type { Run, RunDevice } from '../../src/domain/model.ts';
import { defaultTaskSettings } from '../../src/domain/taskSettings.ts';
import { sourceProgram } from '../client/program.ts';
import { must } from './api/testServer.ts';

const program = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Notes each start of the installer, works a moment, and notes its end. */
const installer = `#!/bin/sh
echo start >>"$HAIFU_DEMO_ROOT/starts"
sleep 0.7
echo done >>"$HAIFU_DEMO_ROOT/ends"
`;

async function startFleet(folder: string, count: number): Promise<number> {
  const child = fork(program('../../src/demo/fleetEntry.ts'), [], {
    serialization: 'advanced',
    execArgv: [],
  });
  onTestFinished(async () => {
    const exited = once(child, 'exit');
    child.disconnect();
    await exited;
  });
  child.send({ type: 'start', folder, count });
  const [answer] = (await once(child, 'message')) as [FromFleet];
  if (answer.type !== 'started') throw new Error(JSON.stringify(answer));
  return answer.port;
}

async function startServer(dataFolder: string): Promise<ChildProcess> {
  const child = fork(program('./servingProcess.ts'), [dataFolder], { execArgv: [] });
  await once(child, 'message');
  return child;
}

const reach = async (dataFolder: string): Promise<Connection> =>
  must(await connect({ dataFolder, kind: 'test', startsServer: false }));

/** Watches the run until `count` rows have come, or all are at their end. */
async function watch(connection: Connection, runId: string, count: number): Promise<boolean> {
  const rows = new Map<string, RunDevice>();
  let seen = 0;
  let look = () => {};
  connection.onEvent((event) => {
    if (event.event !== 'runDevicesChanged') return;
    for (const row of event.devices) rows.set(row.deviceId, row);
    seen += event.devices.length;
    look();
  });
  const { devices } = must(await connection.call('watchRun', { runId }));
  for (const row of devices) if (!rows.has(row.deviceId)) rows.set(row.deviceId, row);
  return new Promise((resolve) => {
    look = () => {
      const isOver = [...rows.values()].every((row) => isFinal(row.state));
      if (isOver || seen >= count) resolve(isOver);
    };
    look();
  });
}

type Fleet = ReturnType<typeof planFleet>;

/** Installs the tool on all of the fleet. */
async function startRun(connection: Connection, folder: string, fleet: Fleet, port: number): Promise<Run> {
  const packagePath = join(folder, 'tool.sh');
  await writeFile(packagePath, installer);
  const { package: made } = must(
    await connection.call('addInstallationPackage', {
      path: packagePath,
      name: 'tool',
      version: '1',
      detection: { kind: 'none' },
    }),
  );
  const accountIds: string[] = [];
  for (const { name, user, password } of demoAccounts) {
    const added = await connection.call('addAccount', {
      name,
      user,
      password,
      kind: 'password',
      become: 'none',
      privateKey: null,
      publicKey: null,
      passphrase: null,
      becomePassword: null,
      agentSocket: null,
    });
    accountIds.push(must(added).account.id);
  }
  const { added } = must(
    await connection.call('saveDevices', {
      devices: fleet.map(({ name, address, groupPath }) => ({
        name,
        address,
        port,
        user: null,
        platform: 'linux',
        jumpHost: null,
        groupPath,
      })),
    }),
  );
  const { task } = must(
    await connection.call('createTask', {
      name: null,
      packageId: made.id,
      targets: { kind: 'devices', deviceIds: added.map((device) => device.id) },
      settings: { ...defaultTaskSettings(''), accountIds, hostKeyPolicy: 'acceptNew', concurrency: 4 },
      language: 'en',
    }),
  );
  return must(await connection.call('startRemoteInstallationTask', { taskId: task.id })).run;
}

/** Each installer was started once and came to its end. */
async function expectOnce(folder: string, fleet: Fleet): Promise<void> {
  const notes = await Promise.all(
    fleet.map(async ({ name }) => {
      const root = join(folder, 'devices', name);
      return [name, await readFile(join(root, 'starts'), 'utf8'), await readFile(join(root, 'ends'), 'utf8')];
    }),
  );
  expect(notes).toEqual(fleet.map(({ name }) => [name, 'start\n', 'done\n']));
}

it('kill -9 of the server, again and again: every installer runs once, no exit code is lost (B83)', {
  timeout: 180_000,
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'haifu-kill-'));
  let server: ChildProcess | null = null;
  onTestFinished(async () => {
    server?.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  });
  const dataFolder = join(folder, 'data');
  const port = await startFleet(folder, 12);
  const fleet = planFleet(12).filter((device) => device.role !== 'unreachable');
  server = await startServer(dataFolder);
  let connection = await reach(dataFolder);
  const run = await startRun(connection, folder, fleet, port);

  let kills = 0;
  for (const rowsBefore of [4, 18, 12, 16, 10_000]) {
    const isOver = await watch(connection, run.id, rowsBefore);
    if (isOver) break;
    const exited = once(server, 'exit');
    server.kill('SIGKILL');
    await exited;
    kills++;
    server = await startServer(dataFolder);
    connection = await reach(dataFolder);
  }
  expect(kills).toBeGreaterThanOrEqual(4);
  const { devices } = must(await connection.call('watchRun', { runId: run.id }));
  expect(devices.map((row) => [row.name, row.state, row.exitCode, row.attempt])).toEqual(
    fleet.map(({ name }) => [name, 'succeeded', 0, 1]),
  );
  await expectOnce(folder, fleet);
  connection.close();
});

it('a server that crashes in the middle of a run is started again by itself, and ends with its supervisor', {
  timeout: 120_000,
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'haifu-crash-'));
  const dataFolder = join(folder, 'data');
  onTestFinished(async () => {
    await stopServer(dataFolder);
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  });
  const port = await startFleet(folder, 3);
  const fleet = planFleet(3).filter((device) => device.role !== 'unreachable');
  const first = must(await connect({ dataFolder, kind: 'test', program: sourceProgram }));
  const run = await startRun(first, folder, fleet, port);
  await watch(first, run.id, 6);
  const { pid } = must(await first.call('status', {}));
  const isClosed = new Promise<void>((resolve) => first.onClosed(() => resolve()));
  process.kill(pid, 'SIGSEGV');
  await isClosed;

  must(await waitForServer(dataFolder, 60_000)).close();
  const second = await reach(dataFolder);
  expect(must(await second.call('status', {})).pid).not.toBe(pid);
  expect(await watch(second, run.id, Number.POSITIVE_INFINITY)).toBe(true);
  const { devices } = must(await second.call('watchRun', { runId: run.id }));
  expect(devices.map((row) => [row.state, row.exitCode])).toEqual(fleet.map(() => ['succeeded', 0]));
  await expectOnce(folder, fleet);
  const supervisor = Number(await readFile(join(dataFolder, 'server.restarting'), 'utf8'));
  second.close();
  expect(must(await stopServer(dataFolder))).toBe('stopped');
  expect(await waitForEnd(supervisor, 10_000)).toBe(true);
});
