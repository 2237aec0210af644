import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeServer, startFakeServer } from '../client/fakeServer.ts';
import { installationPackage, snapshot } from '../console/consoleFixture.ts';
import { program } from './haifuTerminal.ts';
import { Terminal, type TerminalOrder } from './terminal.ts';

/** Loaded into the console's process: writes its longest event-loop gap and its memory when it is asked to. */
const gapMeter = `
import { writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
if (process.env.GAP_FILE && process.argv[1]?.endsWith('main.js')) {
  const delay = monitorEventLoopDelay({ resolution: 10 });
  process.on('SIGUSR2', () => {
    delay.disable();
    const memory = process.memoryUsage().rss;
    writeFileSync(process.env.GAP_FILE, JSON.stringify({ gapMs: delay.max / 1e6, memory, pid: process.pid }));
    delay.reset();
    delay.enable();
  });
}
`;

const rowCount = 40;
/** Every row in sight has changed. */
const rows = (version: number) =>
  Array.from({ length: rowCount }, (_, i) =>
    installationPackage(`package-${String(i).padStart(2, '0')}`, { version: `${version}.${i}` }),
  );

let folder: string;
let server: FakeServer;
let isOver = false;
let hot: NodeJS.Timeout;
const terminals: Terminal[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'haifu-slow-'));
  await writeFile(join(folder, 'gap.mjs'), gapMeter);
  server = await startFakeServer();
  let seq = 1;
  void (async () => {
    while (!isOver) {
      const request = await server.nextRequest();
      request.answer(request.command === 'snapshot' ? snapshot({ packages: rows(seq) }, seq) : {});
    }
  })();
  hot = setInterval(() => {
    seq += 1;
    server.send({
      event: 'changed',
      seq,
      changes: [{ collection: 'packages', put: rows(seq), removed: [] }],
    });
  }, 20);
});
afterAll(async () => {
  isOver = true;
  clearInterval(hot);
  for (const terminal of terminals) await terminal.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

function open(order: Partial<TerminalOrder> = {}): Terminal {
  const terminal = new Terminal({
    command: program,
    width: 200,
    height: 50,
    ...order,
    environment: {
      HOME: folder,
      HAIFU_DATA: server.dataFolder,
      GAP_FILE: join(folder, 'gap.json'),
      NODE_OPTIONS: `--import ${join(folder, 'gap.mjs')}`,
    },
  });
  terminals.push(terminal);
  return terminal;
}

/** The console's process below the launcher. */
const consolePid = async (terminal: Terminal): Promise<number> =>
  Number(
    (await readFile(`/proc/${terminal.pid}/task/${terminal.pid}/children`, 'utf8')).trim().split(' ')[0],
  );

async function meter(pid: number): Promise<{ gapMs: number; memory: number }> {
  await rm(join(folder, 'gap.json'), { force: true });
  process.kill(pid, 'SIGUSR2');
  for (;;) {
    const text = await readFile(join(folder, 'gap.json'), 'utf8').catch(() => '');
    if (text !== '') return JSON.parse(text) as { gapMs: number; memory: number };
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const passed = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('a terminal that does not keep up', () => {
  it('that stops reading stops nothing: keys are handled, memory and gaps stay small', async () => {
    const terminal = open();
    await terminal.waitFor('package-20');
    await terminal.press('tab');
    await terminal.waitFor('1/40');
    const pid = await consolePid(terminal);
    await meter(pid);
    terminal.pause();
    const before = await meter(pid);
    // Longer than any buffer between the two lasts at this rate.
    await passed(4000);
    const written = terminal.raw.length;
    for (let i = 0; i < 7; i++) await terminal.press('down');
    await passed(1000);
    const after = await meter(pid);
    // 40 to 120 ms on a machine that does other things too; a write that blocks lasts as long as the pause.
    expect(after.gapMs).toBeLessThan(2000);
    expect(after.memory - before.memory).toBeLessThan(40 * 1024 * 1024);
    terminal.resume();
    await terminal.waitFor('8/40');
    // What had waited was a screen or two, not five seconds of frames.
    expect(terminal.raw.length - written).toBeLessThan(100_000);
  });

  it('does not keep the console from ending while it does not read', async () => {
    const terminal = open();
    await terminal.waitFor('package-20');
    const pid = await consolePid(terminal);
    terminal.pause();
    await passed(2000);
    process.kill(pid, 'SIGTERM');
    const ended = () =>
      readFile(`/proc/${pid}/stat`, 'utf8').then(
        (stat) => stat.includes(') Z '),
        () => true,
      );
    const from = performance.now();
    while (!(await ended())) {
      // It waits a moment for the terminal, and then no longer.
      expect(performance.now() - from).toBeLessThan(20_000);
      await passed(50);
    }
    terminal.resume();
    await terminal.ended;
  });

  it('over a slow line shows a key after one round trip', async () => {
    const terminal = open({ line: { bytesPerSecond: 60_000, roundTripMs: 100 } });
    await terminal.waitFor('package-20');
    await terminal.press('tab');
    await terminal.waitFor('1/40');
    const delays: number[] = [];
    for (let place = 2; place <= 22; place++) {
      const from = performance.now();
      await terminal.press('down');
      await terminal.waitFor(`─ ${place}/40`);
      delays.push(performance.now() - from);
    }
    delays.sort((a, b) => a - b);
    // 170 ms on a quiet machine; a queue of frames in front of the key would be seconds.
    expect(delays[10]!).toBeLessThan(500);
    expect(delays[20]!).toBeLessThan(1500);
  });
});
