import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../../src/client/connection.ts';
import { serverEnvironment } from '../../src/client/serverEnvironment.ts';
import { sourceProgram } from './program.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'haifu-start-'));
});
afterEach(async () => {
  const last = await connect({ dataFolder: join(folder, 'data'), kind: 'test', startsServer: false });
  if (last.ok) await stop(last.value);
  await rm(folder, { recursive: true, force: true });
});

async function stop(connection: Connection): Promise<void> {
  const closed = new Promise<void>((resolve) => connection.onClosed(() => resolve()));
  await connection.call('stopServer', {});
  await closed;
}
const start = (dataFolder: string) => connect({ dataFolder, kind: 'test', program: sourceProgram });

describe('starting the real server', { timeout: 60_000 }, () => {
  it('ends with one server for all who begin at once', async () => {
    const outcomes = await Promise.all([1, 2, 3].map(() => start(join(folder, 'data'))));
    const pids = new Set<number>();
    for (const outcome of outcomes) {
      if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure));
      const status = await outcome.value.call('status', {});
      if (status.ok) pids.add(status.value.pid);
      outcome.value.close();
    }
    expect(pids.size).toBe(1);
  });

  it('follows a server that is just ending', async () => {
    const data = join(folder, 'data');
    const first = await start(data);
    if (!first.ok) throw new Error(JSON.stringify(first.failure));
    const before = await first.value.call('status', {});
    await stop(first.value);
    const second = await start(data);
    if (!second.ok) throw new Error(JSON.stringify(second.failure));
    const after = await second.value.call('status', {});
    expect(before.ok && after.ok && before.value.pid !== after.value.pid).toBe(true);
    second.value.close();
  });

  it('brings back why the server did not start', async () => {
    const data = join(folder, 'data');
    const first = await start(data);
    if (!first.ok) throw new Error(JSON.stringify(first.failure));
    await stop(first.value);
    const store = join(data, 'store.json');
    const text = await readFile(store, 'utf8');
    const body = text
      .replace(/^\{"schemaVersion":\d+/, '{"schemaVersion":999')
      .replace(/,"sha256":"[^"]*"\}\n$/, '');
    // The snapshot's last field covers all before it; only a whole one can be newer rather than damaged.
    await writeFile(store, `${body},"sha256":"${createHash('sha256').update(body).digest('hex')}"}\n`);
    const second = await start(data);
    expect(second).toMatchObject({
      ok: false,
      failure: { code: 'store.newerVersion', params: { found: 999 } },
    });
  });

  it('says that a folder cannot be made', async () => {
    await writeFile(join(folder, 'file'), '');
    expect(await start(join(folder, 'file/data'))).toMatchObject({
      ok: false,
      failure: { code: 'input.fileUnwritable', params: { reason: 'ENOTDIR' } },
    });
  });

  it('names the log when the program itself is broken', async () => {
    await mkdir(join(folder, 'data'));
    const outcome = await connect({
      dataFolder: join(folder, 'data'),
      kind: 'test',
      program: { executable: process.execPath, leadingArguments: ['-e', 'throw new Error("broken")', '--'] },
    });
    expect(outcome).toMatchObject({
      ok: false,
      failure: { code: 'server.startFailed', params: { reason: 'exit 1' } },
    });
    expect(await readFile(join(folder, 'data/server.log'), 'utf8')).toContain('broken');
  });
});

it('B101 hands no secret of the shell on', () => {
  expect(
    serverEnvironment({
      PATH: '/bin',
      HOME: '/root',
      LC_ALL: 'ja_JP.UTF-8',
      XDG_RUNTIME_DIR: '/run',
      HAIFU_DATA: '/d',
      SSH_AUTH_SOCK: '/s',
      AWS_SECRET_ACCESS_KEY: 'x',
      NODE_OPTIONS: '--inspect',
      MYPATH: 'x',
      UNSET: undefined,
    }),
  ).toEqual({
    PATH: '/bin',
    HOME: '/root',
    LC_ALL: 'ja_JP.UTF-8',
    XDG_RUNTIME_DIR: '/run',
    HAIFU_DATA: '/d',
    SSH_AUTH_SOCK: '/s',
  });
});
