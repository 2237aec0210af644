import type { Same } from '../../messages.ts';
import type { activities as english } from '../en/activities.ts';

export const activities = {} satisfies Same<typeof english>;
