import { generateKeyPairSync } from 'node:crypto';
import {
  type AuthContext,
  type Connection,
  Server,
  type ServerChannel,
  type ServerConfig,
  utils,
} from 'ssh2';

/** Misbehaves where OpenSSH cannot be made to; what it leaves unproven is OpenSSH's own behaviour. */
export interface FakeSshServer {
  readonly port: number;
  /** `method user` of each authentication request, secrets included where the method shows them. */
  readonly requests: string[];
  readonly connections: Connection[];
  stop(): Promise<void>;
}

export interface FakeSshServerOptions {
  readonly hostKeys?: ServerConfig['hostKeys'];
  readonly authenticate: (context: AuthContext, connection: Connection) => void;
  /** A command on an exec channel; without it sessions are the test's own concern. */
  readonly exec?: (command: string, channel: ServerChannel, connection: Connection) => void;
}

export function newHostKey(): { privateKey: string; publicKey: { type: string; base64: string } } {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const text = privateKey.export({ type: 'sec1', format: 'pem' }).toString().trim();
  const parsed = utils.parseKey(text);
  if (parsed instanceof Error) throw parsed;
  return {
    privateKey: text,
    publicKey: { type: parsed.type, base64: parsed.getPublicSSH().toString('base64') },
  };
}

export async function startFakeSshServer(options: FakeSshServerOptions): Promise<FakeSshServer> {
  const requests: string[] = [];
  const connections: Connection[] = [];
  const server = new Server({ hostKeys: options.hostKeys ?? [newHostKey().privateKey] }, (connection) => {
    connections.push(connection);
    connection.on('error', () => {});
    connection.on('authentication', (context) => {
      const shown = context.method === 'password' ? ` ${context.password}` : '';
      requests.push(`${context.method} ${context.username}${shown}`);
      options.authenticate(context, connection);
    });
    const { exec } = options;
    if (exec === undefined) return;
    connection.on('session', (accept) =>
      accept().on('exec', (acceptExec, _reject, { command }) => exec(command, acceptExec(), connection)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as { port: number }).port,
    requests,
    connections,
    stop: async () => {
      for (const connection of connections) connection.end();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
