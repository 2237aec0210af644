// Installs a .deb on N real devices of the lab with haifu and with the tools used today, in turn, in one run, and
// prints medians and ratios. As root on Debian, after `npm run build`:
//   npx node bench/install.ts [--devices 10,50,100] [--megabytes 1,20] [--rounds 3] [--peers clush,ssh]
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildDeb } from '../test/fixtures/debPackage.ts';
import { haifuOnLab } from '../test/lab/haifuOnLab.ts';
import { type Lab, type LabDevice, openLab } from '../test/lab/lab.ts';
import { cpuMs, median, peakMegabytes, processTree } from './figures.ts';
import { peersOf } from './peers.ts';

const { values } = parseArgs({
  options: {
    devices: { type: 'string', default: '10,50,100' },
    megabytes: { type: 'string', default: '1,20' },
    rounds: { type: 'string', default: '3' },
    peers: { type: 'string', default: '' },
  },
});
const numbers = (text: string): number[] => text.split(',').map(Number);
const rounds = Number(values.rounds);
const wanted = values.peers.split(',');

/** Wall and client CPU seconds. */
interface Cost {
  readonly wall: number;
  readonly cpu: number;
}

function missingPeers(): string[] {
  const packages = { clush: 'clustershell', 'parallel-ssh': 'pssh', ansible: 'ansible' };
  return Object.entries(packages)
    .filter(([tool]) => {
      try {
        execFileSync('which', [tool], { stdio: 'ignore' });
        return false;
      } catch {
        return true;
      }
    })
    .map(([, name]) => name);
}

const missing = missingPeers();
if (missing.length > 0) {
  console.error(`bench: install the peers first: apt-get install ${missing.join(' ')}`);
  process.exit(2);
}

const folder = await mkdtemp(join(tmpdir(), 'haifu-bench-'));
const lab: Lab = openLab(folder, process.pid);
const timeFile = join(folder, 'time');

/** Runs command lines one after the other on the console machine; all must end with status 0. */
async function cost(commands: readonly (readonly string[])[]): Promise<Cost> {
  const start = performance.now();
  let cpu = 0;
  for (const command of commands) {
    const timed = `TIMEFORMAT='%U %S'; { time "$@" 2>&3; } 3>&2 2> ${timeFile}`;
    const result = await lab.exec(['bash', '-c', timed, 'bash', ...command], {
      timeoutMs: 900_000,
      env: { HOME: folder },
    });
    if (result.exitCode !== 0)
      throw new Error(
        `${command[0]}: status ${result.exitCode}: ${result.stdout.slice(-500)}${result.stderr.slice(-500)}`,
      );
    const [user, system] = (await readFile(timeFile, 'utf8')).trim().split(/\s+/).slice(-2).map(Number);
    cpu += (user ?? NaN) + (system ?? NaN);
  }
  return { wall: (performance.now() - start) / 1000, cpu };
}

let version = 0;
const nextDeb = (payloadMegabytes: number): Promise<string> => {
  version += 1;
  return buildDeb({ name: 'haifu-bench', version: `${process.pid}.${version}`, payloadMegabytes });
};

try {
  const all: LabDevice[] = await lab.start(Math.max(...numbers(values.devices)), 'deb');
  const haifu = await haifuOnLab(lab);
  const { keyPath } = await lab.inventory();
  await haifu.must(['account', 'add', 'root-key', '--user', 'root', '--key', keyPath]);
  // The first run makes the devices known, as ssh's own connection makes the peers' files warm.
  await haifu.must([
    ...['install', await nextDeb(0), ...all.flatMap(({ address }) => ['--address', address])],
    ...['--account', 'root-key', '--host-key', 'accept-new', '--concurrency', '200'],
  ]);
  const serverPid = await haifu.serverPid();
  const serverCpuMs = (): number => processTree(serverPid).reduce((sum, pid) => sum + cpuMs(pid), 0);

  async function haifuCost(file: string, devices: readonly LabDevice[]): Promise<Cost> {
    const chosen = devices.flatMap(({ address }) => ['--device', address]);
    const before = serverCpuMs();
    const { wall, cpu } = await cost([
      [
        ...[haifu.program, 'install', file, ...chosen, '--account', 'root-key', '--concurrency', '200'],
        ...['--json', '--data', haifu.dataFolder],
      ],
    ]);
    return { wall, cpu: cpu + (serverCpuMs() - before) / 1000 };
  }

  const peers = (await peersOf(lab, folder)).filter(
    ({ name }) => values.peers === '' || wanted.some((word) => name.startsWith(word)),
  );
  console.log('| devices | payload | tool | wall s | haifu / tool | client CPU s | haifu / tool |');
  console.log('|---|---|---|---|---|---|---|');
  for (const megabytes of numbers(values.megabytes)) {
    for (const count of numbers(values.devices)) {
      const devices = all.slice(0, count);
      const costs = new Map<string, Cost[]>();
      const note = (name: string, one: Cost) => costs.set(name, [...(costs.get(name) ?? []), one]);
      for (let round = 0; round < rounds; round++) {
        note('haifu', await haifuCost(await nextDeb(megabytes), devices));
        for (const peer of peers) {
          note(peer.name, await cost(await peer.commands(await nextDeb(megabytes), devices)));
          for (const { name } of devices) await lab.in(name, 'rm -f /tmp/haifu-bench*');
        }
      }
      const of = (name: string, what: keyof Cost) => median((costs.get(name) ?? []).map((one) => one[what]));
      for (const name of costs.keys()) {
        const figures = (['wall', 'cpu'] as const).flatMap((what) => [
          of(name, what).toFixed(2),
          (of('haifu', what) / of(name, what)).toFixed(2),
        ]);
        console.log(`| ${count} | ${megabytes} MB | ${name} | ${figures.join(' | ')} |`);
      }
      const peak = processTree(serverPid).reduce((sum, pid) => sum + peakMegabytes(pid), 0);
      console.log(`server and workers so far: ${peak.toFixed(0)} MB at most`);
    }
  }
  await haifu.close();
} finally {
  await lab.down();
  await rm(folder, { recursive: true, force: true });
}
