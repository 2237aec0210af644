import { sanitiseLine } from '../shared/sanitise.ts';
import type { MessageKey } from './messages.ts';
import type { Translate } from './translate.ts';

/** What a device is doing at the moment, in words; empty: nothing is to be said. An unknown code stands for itself. */
export function activityText(t: Translate, activity: string | null): string {
  if (activity === null) return '';
  const key = `activities.${activity}` as MessageKey;
  const text = t(key);
  return text === key ? sanitiseLine(activity) : text;
}
