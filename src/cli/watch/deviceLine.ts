import type { RunDevice } from '../../domain/model.ts';
import { sanitiseLine } from '../../shared/sanitise.ts';
import type { CommandContext } from '../program/context.ts';

/** `web-01 (10.0.0.5): failed` with the reason and what to do next. */
export function deviceLine({ t, explain }: CommandContext, device: RunDevice): string {
  const name = sanitiseLine(device.name, 120);
  const label = device.name === device.address ? name : `${name} (${device.address})`;
  const state = `${label}: ${t(`states.${device.state}`)}`;
  if (device.failure === null) return state;
  const { message, next } = explain(device.failure);
  return `${state} — ${message} → ${next}`;
}
