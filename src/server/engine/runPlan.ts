import { z } from 'zod';
import type { InstallationPackage } from '../../domain/model.ts';
import { installationPackageSchema } from '../../domain/schema.ts';

/** What a run keeps as it was at its start: an attempt is judged by the package that it was begun with. */
export interface RunPlan {
  readonly installationPackage: InstallationPackage;
}

const runPlanSchema = z.object({ installationPackage: installationPackageSchema });

/** Null: the journal is of an earlier version, which kept none. */
export function readRunPlan(plan: unknown): RunPlan | null {
  const read = runPlanSchema.safeParse(plan);
  return read.success ? read.data : null;
}
