import { spawn } from 'node:child_process';
import { expect, it } from 'vitest';
import { stopServer } from '../../src/client/serverStop.ts';
import { ok } from '../../src/shared/result.ts';
import { startFakeServer } from './fakeServer.ts';

it('stops a server of another version, which is what an update needs', async () => {
  const server = await startFakeServer({ protocol: 1 });
  const process = spawn('sleep', ['60'], { stdio: 'ignore' });
  const stopped = stopServer(server.dataFolder);
  const status = await server.nextRequest();
  expect(status.command).toBe('status');
  status.answer({ pid: process.pid });
  const stop = await server.nextRequest();
  expect(stop.command).toBe('stopServer');
  stop.answer({});
  process.kill();
  expect(await stopped).toEqual(ok('stopped'));
  await server.stop();
});
