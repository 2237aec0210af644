import type { Same } from '../../messages.ts';
import type { console as english } from '../en/console.ts';

export const console = {} satisfies Same<typeof english>;
