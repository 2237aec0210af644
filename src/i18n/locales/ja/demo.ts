import type { Same } from '../../messages.ts';
import type { demo as english } from '../en/demo.ts';

export const demo = {} satisfies Same<typeof english>;
