import type { Translate } from '../../i18n/translate.ts';
import { durationText } from '../../shared/durationText.ts';
import { clockText } from './figures.ts';
import type { Remaining } from './runEstimate.ts';

/** An estimate is not said to the second. */
function rounded(ms: number): number {
  const step = ms < 60_000 ? 5_000 : ms < 600_000 ? 30_000 : ms < 3_600_000 ? 60_000 : 300_000;
  return Math.max(step, Math.round(ms / step) * step);
}

const coarse = (ms: number): string => durationText(ms).replace(/ 00[sm]$/, '');

/** "about 3m left (until 14:05)", "3m–8m left", or that nothing is known. */
export function remainingText(remaining: Remaining | null, now: string, t: Translate): string {
  if (remaining === null) return t('run.remaining.unknown');
  const least = rounded(remaining.leastMs);
  const most = rounded(remaining.mostMs);
  const time = clockText(new Date(Date.parse(now) + most).toISOString()).slice(0, 5);
  if (most <= least * 1.3) return t('run.remaining.about', { duration: coarse(most), time });
  if (most > least * 4) return t('run.remaining.most', { most: coarse(most), time });
  return t('run.remaining.range', { least: coarse(least), most: coarse(most), time });
}
