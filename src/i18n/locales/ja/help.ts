import type { Same } from '../../messages.ts';
import type { help as english } from '../en/help.ts';

export const help = {} satisfies Same<typeof english>;
