import type { Outcome } from '../domain/failure.ts';
import type { RemoteProcess } from './remoteProcess.ts';

export interface ShellWish {
  /** Length of the script that the shell will read from its standard input. */
  readonly scriptBytes: number;
  /** The script reads input of its own behind itself. */
  readonly hasInput: boolean;
  /** login: as the login user, without becoming root. root: as who installs. */
  readonly as: 'root' | 'login';
}

/** Where shells on one device come from: an SSH connection, or the machine itself. */
export interface ShellSource {
  readonly accountId: string;
  /** True when scripts of `root` run as the login user itself: there is nothing to become. */
  readonly isLoginEnough: boolean;
  open(wish: ShellWish): Promise<Outcome<RemoteProcess>>;
  /** The failure of a line that was lost. */
  lost(): Outcome<never>;
  readonly closed: AbortSignal;
  close(): void;
}
