import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { restartMark, serverInfoFile } from '../../src/client/serverFiles.ts';
import { stopServer } from '../../src/client/serverStop.ts';
import { supervised } from '../../src/client/supervisor.ts';
import { ok } from '../../src/shared/result.ts';

let folder = '';
let started: ChildProcess[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'haifu-supervisor-'));
});
afterEach(async () => {
  for (const child of started) child.kill('SIGKILL');
  started = [];
  await rm(folder, { recursive: true, force: true });
});

/** A server that notes each of its starts, says that it serves, and then does this. */
async function supervise(...acts: string[]): Promise<ChildProcess> {
  const program = join(folder, 'program');
  const cases = acts.map((act, index) => `${index + 1}) ${act} ;;`).join('\n');
  await writeFile(
    program,
    `INFO='${serverInfoFile(folder)}'; echo start >> "${folder}/starts"; n=$(wc -l < "${folder}/starts"); case $((n)) in\n${cases}\nesac\n`,
  );
  const [shell, ...words] = supervised(folder, ['/bin/sh', program]);
  const child = spawn(shell!, words, { stdio: 'ignore' });
  started.push(child);
  return child;
}
const serves = () => `echo "{\\"pid\\":$$,\\"x\\":1}" > "${serverInfoFile(folder)}"`;
const ends = async (child: ChildProcess) => (await once(child, 'exit')) as [number | null, string | null];
const starts = async () => (await readFile(join(folder, 'starts'), 'utf8')).split('\n').length - 1;
/** Resolves once the file is there with some content. */
async function written(name: string): Promise<string> {
  const watcher = watch(folder);
  try {
    for (;;) {
      const change = once(watcher, 'change');
      const text = await readFile(join(folder, name), 'utf8').catch(() => '');
      if (text !== '') return text;
      await change;
    }
  } finally {
    watcher.close();
  }
}

it.each([
  ['its own word for a bug', 'exit 70'],
  ['a crash', 'kill -s SEGV $$'],
])(
  'a server that served is started again after %s, and its orderly end is the end of both',
  async (_name, bug) => {
    const child = await supervise(`${serves()}; ${bug}`, 'exit 0');
    expect(await ends(child)).toEqual([0, null]);
    expect(await starts()).toBe(2);
    expect((await readdir(folder)).toSorted()).toEqual(['program', 'server.pid', 'starts']);
  },
);

it.each([
  ['that refuses to start', 'exit 3', 3],
  ['that never served', 'exit 70', 70],
  ['whose folder says of another one that it serves', `echo '{"pid":1,"x":1}' > "$INFO"; exit 70`, 70],
  ['that somebody kills', `kill -s KILL $$`, 137],
])('a server %s is not started again', async (_name, act, code) => {
  const child = await supervise(act === 'kill -s KILL $$' ? `${serves()}; ${act}` : act);
  expect(await ends(child)).toEqual([code, null]);
  expect(await starts()).toBe(1);
});

it('hands SIGTERM on, and waits for the server’s end', async () => {
  const child = await supervise(
    `trap 'echo ended > "${folder}/ended"; exit 0' TERM; echo y > "${folder}/ready"; while :; do sleep 1 & wait $!; done`,
  );
  await written('ready');
  child.kill('SIGTERM');
  expect(await ends(child)).toEqual([0, null]);
  expect(await readFile(join(folder, 'ended'), 'utf8')).toBe('ended\n');
});

it('is ended by `server stop` while it waits to start the server again', async () => {
  const child = await supervise(`${serves()}; exit 70`, `${serves()}; exit 70`, 'exit 0');
  const pid = await written('server.restarting');
  expect(Number(pid)).toBe(child.pid);
  const ended = ends(child);
  expect(await stopServer(folder)).toEqual(ok('stopped'));
  expect(await ended).toEqual([70, null]);
  expect(await readdir(folder)).not.toContain('server.restarting');
  // What a supervisor that was killed left behind is nobody's number.
  await writeFile(restartMark(folder), `${process.pid}\n`);
  expect(await stopServer(folder)).toEqual(ok('notRunning'));
});
