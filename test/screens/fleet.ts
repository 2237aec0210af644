import type { Device, RunDevice } from '../../src/domain/model.ts';
import type { Snapshot } from '../../src/protocol/answers.ts';
import {
  account,
  device,
  group,
  hostKey,
  installationPackage,
  later,
  license,
  run,
  runDevice,
  snapshot,
  task,
  time,
} from '../console/consoleFixture.ts';

/** The fleet of the documented screens: two sites, a mixed lot of devices, one run of each outcome. */
export const packages = [
  installationPackage('pkg-nginx', { name: 'nginx', version: '1.26.2-1' }),
  installationPackage('pkg-agent', {
    name: '監視エージェント',
    version: '4.2.0',
    format: 'rpm',
    architecture: 'all',
    detection: { kind: 'rpm', name: 'monitoring-agent', version: null },
  }),
  installationPackage('pkg-report', {
    name: 'morning-report',
    version: '2.1',
    format: 'script',
    architecture: 'all',
    content: { sha256: 'c'.repeat(64), sizeBytes: 4_812, fileName: 'morning-report.sh' },
    detection: { kind: 'receipt' },
  }),
  installationPackage('pkg-jdk', {
    name: 'openjdk-21-jre-headless',
    version: '21.0.5+11-1~deb12u1',
    content: { sha256: 'd'.repeat(64), sizeBytes: 58_700_000, fileName: 'openjdk-21-jre-headless_amd64.deb' },
    dependencies: ['libc6 (>= 2.34)', 'ca-certificates-java'],
  }),
];

const groups = [
  group('grp-tokyo', '東京'),
  group('grp-web', 'Web', 'grp-tokyo'),
  group('grp-db', 'データベース', 'grp-tokyo'),
  group('grp-osaka', 'Osaka'),
];

const facts = (osName: string, osFamily: 'debian' | 'rpm'): Device['facts'] => ({
  osName,
  osFamily,
  architecture: 'x86_64',
  bootId: null,
  seenAt: time,
});
const debian = facts('Debian GNU/Linux 12 (bookworm)', 'debian');
const alma = facts('AlmaLinux 9.4 (Seafoam Ocelot)', 'rpm');

export const devices: readonly Device[] = [
  ...Array.from({ length: 8 }, (_, i) =>
    device(`dev-web${i + 1}`, {
      name: `web${String(i + 1).padStart(2, '0')}`,
      address: `10.20.1.${11 + i}`,
      groupId: 'grp-web',
      facts: i % 3 === 2 ? alma : debian,
      lastAccountId: 'acc-deploy',
    }),
  ),
  device('dev-db1', { name: 'db-primary', address: '10.20.2.5', groupId: 'grp-db', facts: debian }),
  device('dev-db2', {
    name: 'データベースサーバー２号機',
    address: '10.20.2.6',
    groupId: 'grp-db',
    facts: alma,
  }),
  device('dev-osaka1', {
    name: 'osaka-gateway.example.jp',
    address: 'osaka-gateway.example.jp',
    port: 2222,
    groupId: 'grp-osaka',
    managedBy: 'osaka-admin',
  }),
  device('dev-new1', { name: 'ap-server-7', address: '10.20.9.7' }),
  device('dev-new2', { name: 'build-mac', address: '10.20.9.8', platform: 'macos' }),
  device('dev-new3', { name: '会計端末', address: '10.20.9.9', platform: 'windows' }),
];

const accounts = [
  {
    ...account('acc-deploy'),
    name: 'deploy (key)',
    kind: 'key' as const,
    user: 'deploy',
    become: 'sudo' as const,
    keyFingerprint: 'SHA256:6V1mQ0Jb1q4o3p9Z3nFJvA8wq0b1D2c3E4f5G6h7I8j',
  },
  { ...account('acc-root'), name: '緊急用 root', user: 'root' },
];

const seat = (deviceName: string) => ({ deviceName, packageLabel: 'nginx 1.26.2-1', since: time });
/** Days that are left change the picture every day: one has no end, the other has long ended. */
const licenses = [
  license('lic-plus', {
    name: 'nginx Plus',
    product: 'nginx*',
    seatsTotal: 8,
    seats: { 'dev-web1': seat('web1'), 'dev-web2': seat('web2'), 'dev-web3': seat('web3') },
    note: 'PO 4711',
    keyTail: '7Q2X',
  }),
  license('lic-agent', {
    name: '監視エージェント 2025',
    product: '監視エージェント',
    seatsTotal: 1,
    seats: { 'dev-web1': seat('web1') },
    expiresOn: '2025-12-31',
    keyTail: 'K9LM',
    keyFileName: 'agent.lic',
  }),
];

const fingerprint = (sign: string) => `SHA256:${sign.repeat(43)}`;
export const hostKeys = [
  { ...hostKey('key-1', 'trusted'), address: '10.20.1.11', fingerprint: fingerprint('a'), trustedBy: 'sato' },
  { ...hostKey('key-2', 'pending'), address: '10.20.1.12', fingerprint: fingerprint('b') },
  { ...hostKey('key-3', 'pending'), address: '10.20.1.13', fingerprint: fingerprint('b') },
  { ...hostKey('key-4', 'changed'), address: '10.20.2.5', fingerprint: fingerprint('c') },
  { ...hostKey('key-5', 'trusted'), address: '10.20.2.5', fingerprint: fingerprint('d'), trustedBy: 'sato' },
];

const tasks = [
  task('tsk-nginx', {
    number: 1,
    name: 'Installation of nginx',
    packageId: 'pkg-nginx',
    targets: { kind: 'devices', deviceIds: devices.map(({ id }) => id) },
    attempts: { 'dev-web3': { count: 3, lastAttemptId: '0'.repeat(32) } },
    createdBy: 'sato',
  }),
  task('tsk-agent', {
    number: 2,
    name: '監視エージェント のインストール',
    packageId: 'pkg-agent',
    targets: { kind: 'group', groupId: 'grp-tokyo' },
    createdBy: '鈴木',
  }),
];

/** One device in every state, with the reasons that people meet most. */
export const runDevices: readonly RunDevice[] = [
  runDevice('dev-web1', {
    state: 'succeeded',
    attempt: 1,
    exitCode: 0,
    sentBytes: 1536,
    totalBytes: 1536,
    startedAt: time,
    finishedAt: later(41),
  }),
  runDevice('dev-web2', {
    state: 'transferring',
    attempt: 1,
    sentBytes: 700,
    totalBytes: 1536,
    startedAt: later(20),
  }),
  runDevice('dev-web3', {
    state: 'failed',
    attempt: 3,
    exitCode: 100,
    failure: {
      code: 'installer.exitCode',
      params: { exitCode: 100, tail: 'E: Unmet dependencies. libssl3 : Depends: libc6 (>= 2.38)' },
      stage: 'install',
      isRetryable: false,
    },
    startedAt: time,
    finishedAt: later(65),
  }),
  runDevice('dev-web4', {
    state: 'installing',
    attempt: 1,
    activity: 'waitingForLock',
    startedAt: later(10),
  }),
  runDevice('dev-web5', { state: 'restarting', attempt: 1, startedAt: later(5) }),
  runDevice('dev-web6', {
    state: 'unreachable',
    failure: {
      code: 'device.timedOut',
      params: { address: '10.20.1.16', port: 22 },
      stage: 'connect',
      isRetryable: true,
    },
    startedAt: time,
    finishedAt: later(30),
  }),
  runDevice('dev-web7', {
    state: 'skipped',
    failure: {
      code: 'check.alreadyInstalled',
      params: { version: '1.26.2-1' },
      stage: 'check',
      isRetryable: false,
    },
    startedAt: time,
    finishedAt: later(9),
  }),
  runDevice('dev-web8', {
    state: 'restartPending',
    attempt: 1,
    exitCode: 0,
    startedAt: time,
    finishedAt: later(58),
  }),
  runDevice('dev-db1', {
    state: 'failed',
    failure: {
      code: 'hostKey.changed',
      params: { address: '10.20.2.5', expected: fingerprint('d'), actual: fingerprint('c') },
      stage: 'connect',
      isRetryable: false,
    },
    startedAt: time,
    finishedAt: later(2),
  }),
  runDevice('dev-db2', { state: 'waiting' }),
].map((row) => {
  const known = devices.find(({ id }) => id === row.deviceId)!;
  return {
    ...row,
    name: known.name,
    address: known.address,
    accountId: row.startedAt === null ? null : 'acc-deploy',
    timeline: row.startedAt === null ? [] : [{ state: 'connecting' as const, at: row.startedAt }],
  };
});

const counts = Object.fromEntries(
  Object.entries(Object.groupBy(runDevices, ({ state }) => state)).map(([state, rows]) => [
    state,
    rows!.length,
  ]),
);
export const runningRun = run('run-2', {
  number: 2,
  taskId: 'tsk-nginx',
  taskName: 'Installation of nginx',
  packageLabel: 'nginx 1.26.2-1',
  deviceCount: runDevices.length,
  counts,
  startedBy: 'sato',
});
const endedRun = run('run-1', {
  number: 1,
  taskId: 'tsk-agent',
  taskName: '監視エージェント のインストール',
  packageLabel: '監視エージェント 4.2.0',
  state: 'finished',
  startedAt: later(-7200),
  finishedAt: later(-7020),
  deviceCount: 10,
  counts: { succeeded: 8, failed: 1, unreachable: 1 },
  startedBy: '鈴木',
});

export const fleet = (): Snapshot => ({
  ...snapshot({
    packages,
    devices: [...devices],
    groups,
    accounts,
    licenses,
    hostKeys,
    tasks,
    runs: [endedRun, runningRun],
  }),
  serverName: 'jump01',
});
