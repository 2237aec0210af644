import type { Same } from '../../messages.ts';
import type { states as english } from '../en/states.ts';

export const states = {} satisfies Same<typeof english>;
