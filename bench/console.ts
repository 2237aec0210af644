// How fast the console starts, answers keys and draws a run of 10,000 devices, beside peers measured in the same
// run, so that the ratios mean something on a busy machine. After `npm run build`:
//   npx node bench/console.ts [--rounds 15] [--keys 200] [--seconds 8] [--rates 0,100,1000,10000]
import { type ChildProcess, execFileSync, fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { EventOrder } from './fakeEventServer.ts';
import { cpuMs, median, percentile, residentMegabytes, workingProcess } from './figures.ts';
import { TimedTerminal } from './timedTerminal.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '15' },
    keys: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '8' },
    rates: { type: 'string', default: '0,100,1000,10000' },
  },
});
const rounds = Number(values.rounds);
const keys = Number(values.keys);
const windowMs = Number(values.seconds) * 1000;
const rates = values.rates.split(',').map(Number);

const program = fileURLToPath(new URL('../bin/haifu', import.meta.url));
const deviceCount = 10_000;
const sizes = [
  { width: 200, height: 50 },
  { width: 80, height: 24 },
];
type Size = (typeof sizes)[number];
/** A person's pause between two keys; no multiple of a frame, so that keys fall anywhere in one. */
const keyPauseMs = () => 30 + Math.random() * 80;
const settleMs = 2000;

const down = '\u{1B}[B';
const up = '\u{1B}[A';
const pageDown = '\u{1B}[6~';

const hasHtop = spawnSync('htop', ['--version']).status === 0;
const one = (value: number): string => value.toFixed(1);
const row = (...cells: readonly string[]) => console.log(`| ${cells.join(' | ')} |`);
function table(heading: string, ...columns: readonly string[]) {
  console.log(`\n${heading}\n`);
  row(...columns);
  row(...columns.map(() => '---'));
}

/** Measures in turn, so that all meet the same load; answers each one's times by name. */
async function inTurn(works: Record<string, () => Promise<Record<string, number>>>) {
  const times: Record<string, number[]> = {};
  for (let round = 0; round <= rounds; round++) {
    for (const work of Object.values(works)) {
      for (const [name, ms] of Object.entries(await work())) {
        // The first round fills the caches.
        if (round > 0) times[name] = [...(times[name] ?? []), ms];
      }
    }
  }
  return times;
}

function printTimes(times: Record<string, number[]>, peer: string) {
  const base = median(times[peer] ?? []);
  for (const [name, list] of Object.entries(times))
    row(name, one(Math.min(...list)), one(median(list)), (median(list) / base).toFixed(2));
}

const run = (command: string, words: readonly string[]): number => {
  const start = performance.now();
  execFileSync(command, words, { stdio: 'ignore' });
  return performance.now() - start;
};

async function measureHelp() {
  const times = await inTurn({
    node: async () => ({ 'node -e 0': run(process.execPath, ['-e', '0']) }),
    haifu: async () => ({ 'haifu --help': run(program, ['--help']) }),
  });
  table('Start of a command (exec to exit)', 'what', 'min ms', 'median ms', '/ node');
  printTimes(times, 'node -e 0');
}

const consoleAt = (folder: string, size: Size): TimedTerminal =>
  new TimedTerminal({
    command: program,
    ...size,
    // Nothing is remembered from one console to the next: a file is no folder.
    environment: { HAIFU_DATA: folder, HOME: folder, XDG_CONFIG_HOME: '/dev/null' },
  });

/** The same keys and events in Ink's usual way; at more events than these it answers no key in time. */
const naiveRates = [0, 100];
const naiveAt = (rate: number, size: Size): TimedTerminal =>
  new TimedTerminal({
    command: process.execPath,
    arguments: [
      fileURLToPath(new URL('naiveConsole.ts', import.meta.url)),
      ...['--devices', String(deviceCount), '--rate', String(rate)],
    ],
    ...size,
    environment: { NODE_ENV: 'production' },
  });

async function measureStart(folder: string, size: Size) {
  const works: Parameters<typeof inTurn>[0] = {
    node: async () => {
      const terminal = new TimedTerminal({ command: process.execPath, arguments: ['-e', '0'], ...size });
      return { 'node -e 0': (await terminal.ended) - terminal.startedAt };
    },
    haifu: async () => {
      const terminal = consoleAt(folder, size);
      const title = await terminal.shows(() => terminal.row(0).startsWith(' haifu'), 'the title');
      const whole = await terminal.shows(
        () =>
          terminal.row(0).includes('connected') &&
          terminal.row(size.height - 1).includes('Help') &&
          terminal.text().includes('Site 100 100'),
        'the first whole frame',
      );
      await terminal.close();
      return { 'haifu: title bar': title - terminal.startedAt, 'haifu: whole': whole - terminal.startedAt };
    },
  };
  if (hasHtop)
    works['htop'] = async () => {
      const terminal = new TimedTerminal({ command: 'htop', ...size });
      const whole = await terminal.shows(() => terminal.row(size.height - 1).includes('F10'), 'htop');
      await terminal.close();
      return { 'htop: whole': whole - terminal.startedAt };
    };
  table(
    `Start with ${deviceCount} devices at ${size.width}x${size.height} (exec to screen)`,
    'what',
    'min ms',
    'median ms',
    '/ node',
  );
  printTimes(await inTurn(works), 'node -e 0');
}

interface Used {
  readonly cpuPercent: number;
  readonly kilobytesPerSecond: number;
}

/** What a program uses while nobody touches it. */
async function use(terminal: TimedTerminal, pid: number): Promise<Used> {
  const start = performance.now();
  const [cpu, bytes] = [cpuMs(pid), terminal.bytes];
  await delay(windowMs);
  const ms = performance.now() - start;
  return {
    cpuPercent: ((cpuMs(pid) - cpu) / ms) * 100,
    kilobytesPerSecond: (terminal.bytes - bytes) / ms,
  };
}

/** Key to echo of a Node.js program that only echoes: the floor under the same load. */
class Echo {
  readonly #terminal = new TimedTerminal({
    command: process.execPath,
    arguments: [
      '-e',
      "process.stdin.setRawMode(true).on('data',(d)=>process.stdout.write(d));console.log('>')",
    ],
    width: 80,
    height: 24,
  });
  async ready() {
    await this.#terminal.shows(() => this.#terminal.row(0) === '>', 'the echo');
  }
  async key(): Promise<number> {
    const before = this.#terminal.bytes;
    const shown = this.#terminal.shows(() => this.#terminal.bytes > before, 'the echo');
    const at = this.#terminal.press('\r');
    return (await shown) - at;
  }
  close = () => this.#terminal.close();
}

/** The run's screen: its footer says which row the cursor is on. */
class RunScreen {
  readonly terminal: TimedTerminal;
  #cursor = 1;
  constructor(terminal: TimedTerminal) {
    this.terminal = terminal;
  }
  get inSight(): number {
    return this.terminal.height - 10;
  }
  async open() {
    const { terminal } = this;
    const opened = terminal.shows(() => this.isAt(1), 'the run');
    // To the runs, and into the one that there is.
    terminal.press('gr\r');
    await opened;
  }
  isAt(place: number): boolean {
    return this.terminal.row(this.terminal.height - 2).includes(` ${place}/${deviceCount} `);
  }
  async key(key: string, by: number): Promise<number> {
    this.#cursor += by;
    const cursor = this.#cursor;
    const shown = this.terminal.shows(() => this.isAt(cursor), `row ${cursor}`);
    const at = this.terminal.press(key);
    return (await shown) - at;
  }
}

interface Latencies {
  readonly inPage: number[];
  readonly page: number[];
  readonly echo: number[];
}

async function measureKeys(screen: RunScreen, echo: Echo): Promise<Latencies> {
  const found: Latencies = { inPage: [], page: [], echo: [] };
  const travel = screen.inSight - 2;
  for (let i = 0; i < keys; i++) {
    const isDown = Math.floor(i / travel) % 2 === 0;
    await delay(keyPauseMs());
    found.inPage.push(await screen.key(isDown ? down : up, isDown ? 1 : -1));
    await delay(keyPauseMs());
    found.echo.push(await echo.key());
  }
  for (let i = 0; i < keys / 5; i++) {
    await delay(keyPauseMs());
    found.page.push(await screen.key(pageDown, screen.inSight - 1));
  }
  return found;
}

async function measureRun(folder: string, size: Size, server: ChildProcess) {
  const tell = (order: EventOrder) => server.send(order);
  table(
    `A run of ${deviceCount} devices at ${size.width}x${size.height}`,
    'events/s',
    'CPU %',
    'kB/s',
    'key p50 ms',
    'p99',
    'page key p50 ms',
    'echo p50 ms',
    'p99',
    'key / echo p50',
    'RSS MB',
  );
  tell({ eventsPerSecond: 0, devices: deviceCount });
  const screen = new RunScreen(consoleAt(folder, size));
  const echo = new Echo();
  await echo.ready();
  await screen.terminal.shows(() => screen.terminal.text().includes('Site 100 100'), 'the tree');
  const pid = workingProcess(screen.terminal.pid);
  await delay(settleMs);
  const idle = await use(screen.terminal, pid);
  row(
    'idle console',
    one(idle.cpuPercent),
    one(idle.kilobytesPerSecond),
    ...Array(7).fill(''),
    one(residentMegabytes(pid)),
  );
  await screen.open();
  const measured = async (name: string, shown: RunScreen, of: number) => {
    const used = await use(shown.terminal, of);
    const { inPage, page, echo: floor } = await measureKeys(shown, echo);
    row(
      name,
      one(used.cpuPercent),
      one(used.kilobytesPerSecond),
      one(median(inPage)),
      one(percentile(inPage, 0.99)),
      one(median(page)),
      one(median(floor)),
      one(percentile(floor, 0.99)),
      one(median(inPage) / median(floor)),
      one(residentMegabytes(of)),
    );
  };
  const cases = [
    ...rates.map((rate) => ({ rate, devices: deviceCount, name: String(rate) })),
    { rate: Math.max(...rates), devices: screen.inSight, name: `${Math.max(...rates)} in sight` },
  ];
  for (const { rate, devices, name } of cases) {
    tell({ eventsPerSecond: rate, devices });
    await delay(settleMs);
    await measured(name, screen, pid);
  }
  await screen.terminal.close();
  tell({ eventsPerSecond: 0, devices: deviceCount });
  for (const rate of naiveRates) {
    const naive = new RunScreen(naiveAt(rate, size));
    await naive.terminal.shows(() => naive.isAt(1), 'the naive run');
    await delay(settleMs);
    await measured(`naive, ${rate}`, naive, naive.terminal.pid);
    await naive.terminal.close();
  }
  await echo.close();
  if (hasHtop) {
    const htop = new TimedTerminal({ command: 'htop', arguments: ['-d', '1'], ...size });
    await delay(settleMs);
    const used = await use(htop, htop.pid);
    row(
      'htop -d 1',
      one(used.cpuPercent),
      one(used.kilobytesPerSecond),
      ...Array(7).fill(''),
      one(residentMegabytes(htop.pid)),
    );
    await htop.close();
  }
}

const folder = await mkdtemp(join(tmpdir(), 'haifu-bench-'));
const server = fork(
  fileURLToPath(new URL('fakeEventServer.ts', import.meta.url)),
  ['--socket', join(folder, 'server.sock'), '--devices', String(deviceCount)],
  { execArgv: [] },
);
try {
  await once(server, 'message');
  const load = () => loadavg().map(one).join(' ');
  console.log(`load ${load()}`);
  await measureHelp();
  for (const size of sizes) await measureStart(folder, size);
  for (const size of sizes) await measureRun(folder, size, server);
  console.log(`\nload ${load()}`);
} finally {
  server.disconnect();
  await rm(folder, { recursive: true, force: true });
}
