import type { Same } from '../../messages.ts';
import type { failures as english } from '../en/failures.ts';

export const failures = {} satisfies Same<typeof english>;
