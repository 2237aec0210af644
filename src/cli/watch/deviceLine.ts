import type { RunDevice } from '../../domain/model.ts';
import { sanitiseLine } from '../../shared/sanitise.ts';
import type { CommandContext } from '../program/context.ts';

/** `web-01 (10.0.0.5): failed — reason → what to do next`. */
export function deviceLine(context: CommandContext, device: RunDevice): string {
  const line = deviceReasonLine(context, device);
  return device.failure === null ? line : `${line} → ${context.explain(device.failure).next}`;
}

/** The same without what to do next, where a summary says that once for all that ended alike. */
export function deviceReasonLine({ t, explain }: CommandContext, device: RunDevice): string {
  const name = sanitiseLine(device.name, 120);
  const label = device.name === device.address ? name : `${name} (${device.address})`;
  const state = `${label}: ${t(`states.${device.state}`)}`;
  return device.failure === null ? state : `${state} — ${explain(device.failure).message}`;
}
