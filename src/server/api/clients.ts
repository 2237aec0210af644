import type { Socket } from 'node:net';
import type { ServerContext } from '../serverContext.ts';
import { ClientConnection } from './clientConnection.ts';
import { route } from './router.ts';

/** Every client that is connected. */
export class Clients {
  readonly #connections = new Set<ClientConnection>();

  get count(): number {
    return Array.from(this.#connections).filter((connection) => !connection.isEnding).length;
  }

  accept(socket: Socket, context: ServerContext): void {
    const connection: ClientConnection = new ClientConnection(socket, {
      onLine: (line) => route(line, connection, context),
      onClosed: (reason) => {
        this.#connections.delete(connection);
        context.publisher.forget(connection);
        if (reason !== 'closed') context.log.info(`a client is gone: ${reason}`);
      },
    });
    this.#connections.add(connection);
  }

  /** Says goodbye to all. */
  end(): void {
    for (const connection of this.#connections) connection.end({ event: 'serverStopping' });
  }
}
