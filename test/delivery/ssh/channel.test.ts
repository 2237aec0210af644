import { Client } from 'ssh2';
import { afterEach, expect, it } from 'vitest';
import { openProcess } from '../../../src/delivery/methods/ssh/channel.ts';
import { type FakeSshServer, startFakeSshServer } from './fakeSshServer.ts';

let server: FakeSshServer;
const client = new Client();

afterEach(async () => {
  client.end();
  await server.stop();
});

it('keeps what a command says before anybody listens, as sudo does when it asks at once', async () => {
  server = await startFakeSshServer({
    authenticate: (context, connection) => {
      connection.once('ready', () => {
        connection.on('session', (accept) => {
          accept().on('exec', (acceptExec) => {
            const channel = acceptExec();
            channel.stderr.write('password: ');
            channel.write('greeting\n');
          });
        });
      });
      context.accept();
    },
  });
  await new Promise((resolve) => {
    client.once('ready', () => resolve(null));
    client.connect({ host: '127.0.0.1', port: server.port, username: 'admin', password: 'x' });
  });
  const opened = await openProcess(
    { client, address: '127.0.0.1', closed: new AbortController().signal },
    'sudo true',
  );
  if (!opened.ok) throw new Error(opened.failure.code);
  // A round trip later everything has arrived.
  await new Promise((resolve) => client.exec('anything', () => resolve(null)));
  let stdout = '';
  let stderr = '';
  opened.value.onOutput(
    (chunk) => {
      stdout += chunk.toString();
    },
    (chunk) => {
      stderr += chunk.toString();
    },
  );
  expect({ stdout, stderr }).toEqual({ stdout: 'greeting\n', stderr: 'password: ' });
});
