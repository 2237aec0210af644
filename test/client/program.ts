import { fileURLToPath } from 'node:url';
import type { Program } from '../../src/client/serverStart.ts';

/** The program as it stands in src/, without a build. */
export const sourceProgram: Program = {
  executable: process.execPath,
  leadingArguments: [fileURLToPath(new URL('../../src/main.ts', import.meta.url))],
};
