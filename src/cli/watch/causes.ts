import { isSuccess } from '../../domain/attempt.ts';
import type { Failure } from '../../domain/failure.ts';
import { mergedFailure } from '../../domain/mergedFailure.ts';
import type { RunDevice } from '../../domain/model.ts';

/** Devices that ended alike: one line of a summary stands for all of them. */
export interface Cause {
  readonly state: RunDevice['state'];
  /** With `…` where the devices differ. Null: a plain success. */
  readonly failure: Failure | null;
  readonly devices: readonly RunDevice[];
}

/** Folds by state, code and exit code; the largest groups of what went wrong come first. */
export function foldByCause(devices: readonly RunDevice[]): Cause[] {
  const groups = new Map<string, RunDevice[]>();
  for (const device of devices) {
    const key = `${device.state} ${device.failure?.code ?? ''} ${device.failure?.params.exitCode ?? ''}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [device]);
    else group.push(device);
  }
  return [...groups.values()]
    .map((group) => {
      const failures = group.flatMap(({ failure }) => (failure === null ? [] : [failure]));
      return {
        state: group[0]!.state,
        failure: failures.length > 0 ? failures.reduce(mergedFailure) : null,
        devices: group,
      };
    })
    .toSorted(
      (a, b) =>
        Number(isSuccess(b.state)) - Number(isSuccess(a.state)) || b.devices.length - a.devices.length,
    );
}
