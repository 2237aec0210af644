// Installs a .deb on N real devices of the lab with haifu and with the tools used today, in turn, in one run, and
// prints medians and ratios. As root on Debian, after `npm run build`:
//   npx node bench/install.ts [--devices 10,50,100] [--megabytes 1,20] [--rounds 3]
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildDeb } from '../test/fixtures/debPackage.ts';
import { haifuOnLab } from '../test/lab/haifuOnLab.ts';
import { type Lab, type LabDevice, openLab } from '../test/lab/lab.ts';
import { peersOf } from './peers.ts';

const { values } = parseArgs({
  options: {
    devices: { type: 'string', default: '10,50,100' },
    megabytes: { type: 'string', default: '1,20' },
    rounds: { type: 'string', default: '3' },
  },
});
const numbers = (text: string): number[] => text.split(',').map(Number);
const rounds = Number(values.rounds);

const median = (list: readonly number[]): number =>
  [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? NaN;

async function seconds(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

async function mustRun(lab: Lab, command: readonly string[]): Promise<void> {
  const result = await lab.exec(command, { timeoutMs: 900_000 });
  if (result.exitCode !== 0)
    throw new Error(
      `${command[0]}: status ${result.exitCode}: ${result.stdout.slice(-500)}${result.stderr.slice(-500)}`,
    );
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
const lab = openLab(folder, process.pid);
const most = Math.max(...numbers(values.devices));
let version = 0;
const nextDeb = (payloadMegabytes: number): Promise<string> => {
  version += 1;
  return buildDeb({ name: 'haifu-bench', version: `${process.pid}.${version}`, payloadMegabytes });
};

try {
  const all: LabDevice[] = await lab.start(most, 'deb');
  const haifu = await haifuOnLab(lab);
  const { keyPath } = await lab.inventory();
  await haifu.must(['account', 'add', 'root-key', '--user', 'root', '--key', keyPath]);
  const names = all.flatMap(({ address }) => ['--address', address]);
  // The first run makes the devices known, as ssh's own connection makes the peers' files warm.
  await haifu.must([
    'install',
    await nextDeb(0),
    ...names,
    '--account',
    'root-key',
    '--host-key',
    'accept-new',
    '--concurrency',
    '200',
  ]);
  const peers = await peersOf(lab, folder);
  console.log('| devices | payload | tool | median s | haifu / tool |\n|---|---|---|---|---|');
  for (const megabytes of numbers(values.megabytes)) {
    for (const count of numbers(values.devices)) {
      const devices = all.slice(0, count);
      const times = new Map<string, number[]>();
      const note = (name: string, time: number) => times.set(name, [...(times.get(name) ?? []), time]);
      for (let round = 0; round < rounds; round++) {
        const file = await nextDeb(megabytes);
        const chosen = devices.flatMap(({ address }) => ['--device', address]);
        note(
          'haifu',
          await seconds(async () => {
            await haifu.must(['install', file, ...chosen, '--account', 'root-key', '--concurrency', '200']);
          }),
        );
        for (const peer of peers) {
          const commands = await peer.commands(await nextDeb(megabytes), devices);
          note(
            peer.name,
            await seconds(async () => {
              for (const command of commands) await mustRun(lab, command);
            }),
          );
          for (const { name } of devices) await lab.in(name, 'rm -f /tmp/haifu-bench*');
        }
      }
      const own = median(times.get('haifu') ?? []);
      for (const [name, list] of times)
        console.log(
          `| ${count} | ${megabytes} MB | ${name} | ${median(list).toFixed(2)} | ${(own / median(list)).toFixed(2)} |`,
        );
    }
  }
  await haifu.close();
} finally {
  await lab.down();
  await rm(folder, { recursive: true, force: true });
}
