import type { RunDevice } from '../../domain/model.ts';
import { activityText } from '../../i18n/activityText.ts';
import { sanitiseLine } from '../../shared/sanitise.ts';
import type { CommandContext } from '../program/context.ts';

/** `web-01 (10.0.0.5): failed — reason → what to do next`; while it works, `web-01: installing (what it is doing)`. */
export function deviceLine(context: CommandContext, device: RunDevice): string {
  const line = deviceReasonLine(context, device);
  return device.failure === null ? line : `${line} → ${context.explain(device.failure).next}`;
}

/** The same without what to do next, where a summary says that once for all that ended alike. */
export function deviceReasonLine({ t, explain }: CommandContext, device: RunDevice): string {
  const name = sanitiseLine(device.name, 120);
  const label = device.name === device.address ? name : `${name} (${device.address})`;
  const state = `${label}: ${t(`states.${device.state}`)}`;
  if (device.failure !== null) return `${state} — ${explain(device.failure).message}`;
  const activity = activityText(t, device.activity);
  return activity === '' ? state : `${state} (${activity})`;
}
