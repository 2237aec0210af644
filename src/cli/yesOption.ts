import type { Options } from './program/command.ts';

/** For commands that ask first. */
export const yesOption = {
  yes: { type: 'boolean', summary: 'cli.option.yes' },
} as const satisfies Options;
