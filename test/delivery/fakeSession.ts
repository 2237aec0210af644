import type { AttemptOrder } from '../../src/delivery/deliveryMethod.ts';
import type { DeviceSession, InstallerEnd, SessionOpener } from '../../src/delivery/deviceSession.ts';
import { failed } from '../../src/domain/failure.ts';
import type { DeviceProbe } from '../../src/job/jobTypes.ts';
import { ok } from '../../src/shared/result.ts';
import { attemptOrder } from './attemptFixtures.ts';

export const sampleProbe: DeviceProbe = {
  uid: 0,
  user: 'root',
  facts: { osName: 'Debian', osFamily: 'debian', architecture: 'amd64', bootId: 'boot-1' },
  stateDirectory: '/var/lib/haifu',
  stateDirectoryIs: 'writable',
  freeBytes: 1e12,
  rootFreeBytes: 1e12,
  tools: ['sh'],
  detection: { state: 'absent', installedVersion: null },
  content: { kind: 'complete' },
  job: { kind: 'none' },
  isPackageManagerBroken: false,
  terminals: [],
};
export const sampleEnd: InstallerEnd = {
  end: { kind: 'exit', code: 0 },
  verification: {
    detection: { state: 'present', installedVersion: null },
    isRestartRequired: false,
    bootId: 'boot-1',
  },
};

/**
 * A device that answers what the test says; `asked` has what it was asked. What it leaves unproven is everything
 * that a device does by itself.
 */
export function fakeDevice(answers: Partial<DeviceSession> = {}) {
  const asked: string[] = [];
  const noted = <K extends keyof DeviceSession>(name: K, usual: DeviceSession[K]): DeviceSession[K] =>
    ((...args: never[]) => {
      asked.push(name);
      return ((answers[name] ?? usual) as (...given: never[]) => unknown)(...args);
    }) as DeviceSession[K];
  const session: DeviceSession = {
    accountId: answers.accountId ?? 'acc-a',
    closed: new AbortController().signal,
    probe: noted('probe', async () => ok(sampleProbe)),
    partOf: noted('partOf', async ({ content }) => ok({ bytes: content.sizeBytes, uploadFolder: null })),
    receive: noted('receive', async ({ content }) => ok({ bytes: content.sizeBytes, uploadFolder: null })),
    start: noted('start', async () => ok(sampleEnd)),
    follow: noted('follow', async () => ok(sampleEnd)),
    verify: noted('verify', async () => ok(sampleEnd.verification)),
    restart: noted('restart', async () => failed('restart.notPermitted')),
    stop: noted('stop', async () => ok('stopped')),
    clean: noted('clean', async () => ok(true)),
    close: () => {},
  };
  const opener: SessionOpener = { open: async () => ok(session) };
  return { asked, opener };
}

export const fakeOrder = (more: Partial<AttemptOrder> = {}): AttemptOrder =>
  attemptOrder(
    {
      device: { name: 'd', address: 'd.example', port: null, user: null, jumpHost: null },
      accounts: [],
      trust: { policy: 'strict', pins: [], knownHostsFiles: [] },
      contentPath: '/nowhere',
      installationPackage: {
        id: 'pkg-00000000000000000000',
        name: 'sample',
        version: '1.0',
        format: 'script',
        platform: 'linux',
        architecture: 'all',
        dependencies: [],
        content: { sha256: 'a'.repeat(64), sizeBytes: 10, fileName: 'sample.sh' },
        command: null,
        parameters: '',
        detection: { kind: 'receipt' },
        exitCodes: { '0': 'success' },
        installTimeoutMs: 60_000,
        createdAt: '2026-01-01T00:00:00.000Z',
      },
    },
    more,
  );
