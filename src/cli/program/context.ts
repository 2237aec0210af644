import type { Connection, ConnectOptions } from '../../client/connection.ts';
import type { Failure, Outcome } from '../../domain/failure.ts';
import type { Language } from '../../i18n/registry.ts';
import type { Translate } from '../../i18n/translate.ts';
import type { Output } from './output.ts';

/** The parts of the program that the command line starts but does not know. */
export interface Programs {
  readonly version: string;
  /** Serves until it is told to stop; `ready` is called once clients can connect. */
  runServer(options: { readonly dataFolder: string; ready(): void }): Promise<Outcome<null>>;
  runConsole(options: {
    readonly dataFolder: string;
    readonly language: Language;
    readonly isLanguageGiven?: boolean;
    readonly isReadOnly?: boolean;
    readonly hasMouse?: boolean;
    /** Lines in words instead of a full screen. */
    readonly isScreenReader?: boolean;
  }): Promise<number>;
}

/** What a command is given besides its own words. */
export interface CommandContext {
  readonly t: Translate;
  readonly language: Language;
  /** By `--lang`, not by the locale. */
  readonly isLanguageGiven: boolean;
  readonly dataFolder: string;
  /**
   * A command line that reaches the same server again: `haifu run watch 12 --data DIR` for `run watch 12`. Null where
   * nothing can be typed later, because the server goes with this command.
   */
  hint(words: string): string | null;
  readonly isJson: boolean;
  readonly output: Output;
  /** Aborted by Ctrl-C. */
  readonly interrupted: AbortSignal;
  readonly programs: Programs;
  connect(options?: Pick<ConnectOptions, 'startsServer'>): Promise<Outcome<Connection>>;
  /** A failure's words, then what to do next. */
  explain(failure: Failure): { readonly message: string; readonly next: string };
}
