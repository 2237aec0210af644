/** What the devices of a run can be ordered by; the key goes round in this order. */
export const runSorts = ['name', 'state', 'newest', 'longest', 'attempt'] as const;
export type RunSort = (typeof runSorts)[number];
