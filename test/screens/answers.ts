import { failure } from '../../src/domain/failure.ts';
import { ok } from '../../src/shared/result.ts';
import type { Answers } from '../console/drawnConsole.tsx';
import { devices, hostKeys, packages, runDevices, runningRun } from './fleet.ts';

const log = [
  '[haifu] attempt 3, apt-get install ./nginx_1.26.2-1_amd64.deb',
  'Reading package lists... Done',
  'Building dependency tree... Done',
  'Some packages could not be installed. This may mean that you have',
  'requested an impossible situation.',
  'The following packages have unmet dependencies:',
  ' nginx : Depends: libssl3 (>= 3.0.15) but 3.0.11-1 is to be installed',
  'E: Unable to correct problems, you have held broken packages.',
  '[haifu] exit code 100',
  '',
].join('\n');

/** What the server says to the fleet of the documented screens. */
export const answers: Answers = {
  watchRun: () => ok({ run: runningRun, devices: runDevices }),
  readLog: ({ offset }) =>
    ok({
      text: offset < log.length ? log : '',
      offset: 0,
      nextOffset: log.length,
      sizeBytes: log.length,
      attempt: 3,
      isComplete: true,
    }),
  inspectDistributionPackage: () =>
    ok({
      format: 'deb',
      name: 'nginx',
      version: '1.27.3-1',
      platform: 'linux',
      architecture: 'amd64',
      dependencies: ['libc6 (>= 2.34)'],
      needsCommand: false,
      sizeBytes: 1_204_224,
      detection: { kind: 'dpkg', name: 'nginx', version: null },
      exitCodes: {},
    }),
  scanHostKeys: () => ok({ keys: hostKeys }),
  saveDevices: ({ devices: wanted }) =>
    ok({ added: devices.slice(0, wanted.length), updated: [], refused: [] }),
  checkDevices: ({ deviceIds }) =>
    ok({
      rows: deviceIds.map((deviceId, i) => ({
        deviceId,
        port: i % 3 === 1 ? ('filtered' as const) : ('open' as const),
        accountId: 'acc-deploy',
        isRoot: true,
        osName: 'Debian GNU/Linux 12',
        architecture: 'x86_64',
        freeBytes: 18_400_000_000,
        isInstalled: false,
        installedVersion: null,
        failure:
          i % 3 === 1
            ? failure('device.timedOut', { address: '10.20.1.12', port: 22 }, { isRetryable: true })
            : null,
      })),
    }),
  addInstallationPackage: () => ok({ package: packages[0]!, isReused: false }),
};
