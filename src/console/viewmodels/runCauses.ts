import { attemptStates, isSuccess } from '../../domain/attempt.ts';
import type { Failure } from '../../domain/failure.ts';
import { mergedFailure } from '../../domain/mergedFailure.ts';
import type { RunDevice } from '../../domain/model.ts';

/** Devices that did not succeed for the same reason: "137 × no free disk". */
export interface Cause {
  /** Names the cause; `RunWatch.cause` holds it. */
  readonly id: string;
  readonly count: number;
  /** Its words stand for all: with `…` where the devices differ. */
  readonly failure: Failure;
  readonly state: RunDevice['state'];
}

/** Two installers' exit codes are two causes. */
export function causeId(device: RunDevice): string | null {
  if (device.failure === null || isSuccess(device.state)) return null;
  const { code, params } = device.failure;
  return code === 'installer.exitCode' ? `${code}=${params['exitCode'] ?? device.exitCode ?? ''}` : code;
}

/** What was left out by a rule is no trouble. */
const isHarmless = ({ state }: Cause): number => (state === 'skipped' ? 1 : 0);

/**
 * What was skipped last, then the most frequent first; of equals failures before the unreachable, so that rows do not
 * change places by chance.
 */
function compareCauses(a: Cause, b: Cause): number {
  const byState = attemptStates.indexOf(a.state) - attemptStates.indexOf(b.state);
  return isHarmless(a) - isHarmless(b) || b.count - a.count || byState || (a.id < b.id ? -1 : 1);
}

/** In the order of compareCauses. */
export function foldCauses(devices: Iterable<RunDevice>): readonly Cause[] {
  const causes = new Map<string, Cause>();
  for (const device of devices) {
    const id = causeId(device);
    if (id === null) continue;
    const known = causes.get(id);
    causes.set(
      id,
      known
        ? { ...known, count: known.count + 1, failure: mergedFailure(known.failure, device.failure!) }
        : { id, count: 1, failure: device.failure!, state: device.state },
    );
  }
  return [...causes.values()].sort(compareCauses);
}
