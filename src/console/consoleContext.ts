import type { Outcome } from '../domain/failure.ts';
import type { CommandAnswer, CommandName, CommandParams } from '../protocol/commands.ts';
import type { Action } from './state/actions.ts';
import type { ConsoleState } from './state/consoleState.ts';
import type { PathSeen } from './state/pathSeen.ts';

/** What a key's action may do: read the state, change it, ask the server, read a file of the admin's. */
export interface ConsoleContext {
  getState(): ConsoleState;
  dispatch(action: Action): void;
  send<N extends CommandName>(command: N, params: CommandParams<N>): Promise<Outcome<CommandAnswer<N>>>;
  /** The text of a file beside the console (a key): at most 1 MiB, `~/` is the home folder. */
  readTextFile(path: string): Promise<Outcome<string>>;
  /** The bytes of a file beside the console: a list of devices in any encoding. */
  readFile(path: string): Promise<Outcome<Uint8Array>>;
  /** What stands where a path beside the console points to, and what it could become. */
  seePath(path: string): Promise<PathSeen>;
  /** Makes a new file, never over another one; what was written goes again when it fails. */
  writeFile(path: string, parts: AsyncIterable<string> | Iterable<string>): Promise<Outcome<null>>;
  /** An absolute path for the server, from what the admin typed (`~/`, relative to the console's folder). */
  absolutePath(path: string): string;
  /** Opens the run screen and watches the run. */
  openRun(runId: string): void;
  /** Gives the terminal to the demo until it is left. */
  tryDemo(): void;
  /** Leaves the console; runs go on. */
  exit(): void;
  /** Ctrl-L: draws everything anew, after another program wrote into the terminal. */
  redraw(): void;
  /** Ctrl-Z: gives the terminal back to the shell until `fg`. */
  suspend(): void;
}
