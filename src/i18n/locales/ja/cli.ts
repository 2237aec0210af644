import type { Same } from '../../messages.ts';
import type { cli as english } from '../en/cli.ts';

export const cli = {} satisfies Same<typeof english>;
