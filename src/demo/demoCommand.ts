import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { numberOption } from '../cli/numberOption.ts';
import { onServer } from '../cli/onServer.ts';
import { defineCommand, type ExitStatus, exitStatuses } from '../cli/program/command.ts';
import type { CommandContext } from '../cli/program/context.ts';
import { watchRun } from '../cli/watch/watchRun.ts';
import { connect } from '../client/connection.ts';
import { FailureError, type Outcome } from '../domain/failure.ts';
import type { RunDevice } from '../domain/model.ts';
import { defaultTaskSettings } from '../domain/taskSettings.ts';
import { failureText } from '../i18n/failureText.ts';
import { fail, ok } from '../shared/result.ts';
import { demoServerFolder } from './demoFolder.ts';
import { packDemoPackage } from './demoPackage.ts';
import { type DemoObjects, must, setUpDemo } from './demoSetup.ts';
import { type DemoDevice, type DemoRole, maxDemoDevices, minDemoDevices, planFleet } from './fleetPlan.ts';
import { type Fleet, startFleet } from './fleetProcess.ts';
import { isYes, typedLine } from './typedLine.ts';

/** How each device of the fleet must end, or the demo does not show what it says. */
const endOf: Readonly<Record<DemoRole, RunDevice['state']>> = {
  ordinary: 'succeeded',
  secondAccount: 'succeeded',
  failsTwice: 'succeeded',
  wantsRestart: 'succeeded',
  changedHostKey: 'failed',
  unreachable: 'unreachable',
};

export const demoCommand = defineCommand({
  name: 'demo',
  summary: 'demo.summary',
  positionals: [],
  options: {
    devices: { type: 'string', value: 'N', summary: 'demo.optionDevices' },
    headless: { type: 'boolean', summary: 'demo.optionHeadless' },
  },
  async run(context, { values }) {
    const count = numberOption('devices', values.devices ?? '12', minDemoDevices, maxDemoDevices);
    if (!count.ok) return count;
    const isHeadless =
      values.headless || context.isJson || process.stdout.isTTY !== true || process.stdin.isTTY !== true;
    const folder = await mkdtemp(join(tmpdir(), 'haifu-demo-'));
    const devices = planFleet(count.value);
    let fleet: Fleet | null = null;
    const within = inFolder(context, demoServerFolder(folder));
    try {
      context.output.note(context.t('demo.preparing', { count: devices.length }));
      fleet = await startFleet(folder, devices.length);
      const objects = await prepare(within, fleet, devices, folder);
      context.output.note(context.t('demo.ready'));
      return isHeadless ? await runHeadless(within, devices, objects) : ok(await openConsole(within));
    } catch (error) {
      if (error instanceof FailureError) return fail(error.failure);
      throw error;
    } finally {
      context.output.note(context.t('demo.cleaning'));
      await fleet?.stop();
    }
  },
});

/** The same command, but all of it on the demo's own data folder. */
const inFolder = (context: CommandContext, dataFolder: string): CommandContext => ({
  ...context,
  dataFolder,
  // The folder and its server are gone when the demo ends: nothing that is typed later finds them.
  hint: () => null,
  explain: (failure) => failureText(context.t, failure),
  connect: (options) => connect({ dataFolder, kind: 'cli', ...options }),
});

async function prepare(
  context: CommandContext,
  fleet: Fleet,
  devices: readonly DemoDevice[],
  folder: string,
): Promise<DemoObjects> {
  const archive = await packDemoPackage(folder);
  const connection = must(await context.connect());
  try {
    return await setUpDemo(connection, fleet, devices, archive);
  } finally {
    connection.close();
  }
}

/** The fleet lives only as long as the demo: who left a run under way is asked before both are gone. */
async function openConsole(context: CommandContext): Promise<ExitStatus> {
  const { programs, dataFolder, language, isLanguageGiven } = context;
  for (;;) {
    const status = (await programs.runConsole({ dataFolder, language, isLanguageGiven })) as ExitStatus;
    if (status !== exitStatuses.good || !(await hasRunUnderWay(context))) return status;
    const answer = await typedLine(`${context.t('demo.reopen')} ${context.t('cli.ask.yesNo')} `);
    if (!isYes(answer)) return status;
  }
}

async function hasRunUnderWay(context: CommandContext): Promise<boolean> {
  let isUnderWay = false;
  await onServer(context, async ({ snapshot }) => {
    isUnderWay = snapshot.collections.runs.some(({ state }) => state === 'running');
    return ok(exitStatuses.good);
  });
  return isUnderWay;
}

const runHeadless = (
  context: CommandContext,
  devices: readonly DemoDevice[],
  objects: DemoObjects,
): Promise<Outcome<ExitStatus>> =>
  onServer(context, async (server) => {
    const { task } = must(
      await server.call('createTask', {
        name: null,
        packageId: objects.package.id,
        targets: { kind: 'devices', deviceIds: [...objects.deviceIds] },
        settings: {
          ...defaultTaskSettings(context.t('demo.restartMessage')),
          accountIds: [...objects.accountIds],
        },
        language: context.language,
      }),
    );
    const { run } = must(await server.call('startRemoteInstallationTask', { taskId: task.id }));
    const watched = await watchRun(context, server, run.id, { isNew: true });
    if (!watched.ok || watched.value === exitStatuses.interrupted) return watched;
    const ended = must(await server.call('watchRun', { runId: run.id }));
    const isAsPlanned = devices.every(
      ({ name, role }) => ended.devices.find((device) => device.name === name)?.state === endOf[role],
    );
    context.output.note(context.t(isAsPlanned ? 'demo.expected' : 'demo.unexpected'));
    return ok(isAsPlanned ? exitStatuses.good : exitStatuses.incomplete);
  });
