import type { z } from 'zod';
import type { Outcome } from '../../domain/failure.ts';
import type { CommandAnswer, CommandName, commands } from '../../protocol/commands.ts';
import type { ServerContext } from '../serverContext.ts';
import type { ClientConnection } from './clientConnection.ts';

/** What a handler may use: the server's parts and who asks. */
export interface HandlerContext extends ServerContext {
  readonly connection: ClientConnection;
  /** The login name that the client said hello with. */
  readonly user: string;
}

export type ParsedParams<N extends CommandName> = z.output<(typeof commands)[N]['params']>;

/** Answers one command. An expected failure is returned; a bug throws and is answered `server.internal`. */
export type Handler<N extends CommandName> = (
  params: ParsedParams<N>,
  context: HandlerContext,
) => Outcome<CommandAnswer<N>> | Promise<Outcome<CommandAnswer<N>>>;

export type Handlers<N extends CommandName = CommandName> = { readonly [K in N]: Handler<K> };
