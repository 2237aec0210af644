import { describe, inject } from 'vitest';
import { type Lab, openLab } from './lab.ts';

const folder = inject('haifuLab') ?? null;

/** `describe` for tests on lab devices: skipped where there is no lab (globalSetup has said why). */
export const describeLab = describe.skipIf(folder === null);

/** The lab that this test run shares. Take away the faults that you make. */
export function labOfThisRun(): Lab {
  if (folder === null) throw new Error('there is no lab on this machine: use describeLab');
  return openLab(folder);
}
