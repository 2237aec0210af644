import type { Outcome } from '../../domain/failure.ts';
import type { MessageKey } from '../../i18n/messages.ts';
import type { CommandContext } from './context.ts';

/** What a command's process answers to the shell. */
export const exitStatuses = {
  good: 0,
  incomplete: 1,
  usage: 2,
  server: 3,
  refused: 4,
  interrupted: 130,
} as const;
export type ExitStatus = (typeof exitStatuses)[keyof typeof exitStatuses];

/** One option as data: the parser, the usage and the suggestions read the same table. */
export interface Option {
  readonly type: 'string' | 'boolean';
  readonly multiple?: boolean;
  /** Stands for the value in the usage: `N`, `FILE`. */
  readonly value?: string;
  readonly choices?: readonly string[];
  readonly summary: MessageKey;
}
export type Options = Readonly<Record<string, Option>>;

export interface Positional {
  /** As the usage writes it: `PACKAGE`. */
  readonly name: string;
  readonly isOptional?: boolean;
  readonly isRepeated?: boolean;
}

type ValueOf<O extends Option> = O extends { type: 'boolean' }
  ? boolean
  : O extends { multiple: true }
    ? readonly string[]
    : string | undefined;
export type Values<O extends Options> = { readonly [K in keyof O]: ValueOf<O[K]> };

export interface CommandDefinition<O extends Options> {
  /** One word, or the second of two. */
  readonly name: string;
  readonly summary: MessageKey;
  readonly positionals: readonly Positional[];
  readonly options: O;
  readonly examples?: readonly string[];
  run(
    context: CommandContext,
    input: { readonly words: readonly string[]; readonly values: Values<O> },
  ): Promise<Outcome<ExitStatus>>;
}
export type Command = CommandDefinition<Options>;

/** Checks the command's values against its own options; the table then holds them without their types. */
export const defineCommand = <const O extends Options>(command: CommandDefinition<O>): Command =>
  command as unknown as Command;

/** The first word of the command line; its file is loaded only when it is used. */
export interface CommandWord {
  readonly name: string;
  readonly summary: MessageKey;
  /** For other programs: no usage names it. */
  readonly isHidden?: boolean;
  /** One command without a second word, or several with. */
  load(): Promise<Command | readonly Command[]>;
}
