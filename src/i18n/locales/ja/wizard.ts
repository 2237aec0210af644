import type { Same } from '../../messages.ts';
import type { wizard as english } from '../en/wizard.ts';

export const wizard = {} satisfies Same<typeof english>;
