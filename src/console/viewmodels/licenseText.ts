import { daysLeft, freeSeats, nearEndDays, seatsUsed } from '../../domain/license.ts';
import type { License } from '../../domain/model.ts';
import type { Translate } from '../../i18n/translate.ts';
import { today } from '../../shared/localTime.ts';
import type { Glyphs } from '../terminal/glyphs.ts';
import { type Span, span } from '../terminal/roles.ts';

const barCells = 6;

/** `3 / 10` */
export const seatsText = (license: License, t: Translate): string =>
  `${seatsUsed(license)} / ${license.seatsTotal ?? t('licenses.unlimited')}`;

/** `███░░░ 3 / 10`; a license without a free seat has a sign, too. */
export function seatsSpan(license: License, t: Translate, glyphs: Glyphs): Span {
  const text = seatsText(license, t);
  const { seatsTotal } = license;
  if (seatsTotal === null) return span(text);
  const used = seatsUsed(license);
  const cells = Math.floor(Math.min(1, used / seatsTotal) * barCells);
  const full = used > 0 ? Math.max(1, cells) : 0;
  const bar = glyphs.barFull.repeat(full) + glyphs.barEmpty.repeat(barCells - full);
  const isFull = freeSeats(license) < 1;
  return span(`${bar} ${text}${isFull ? ` ${glyphs.warning}` : ''}`, isFull ? 'status.warning' : 'text');
}

/** `2027-01-31`, or that it has no end. */
export const expiryText = ({ expiresOn }: License, t: Translate): string => expiresOn ?? t('licenses.never');

/** `40 days`, `! 9 days`, `✗ expired`; a dash without an end. */
export function daysLeftSpan(license: License, t: Translate, glyphs: Glyphs): Span {
  const count = daysLeft(license, today());
  if (count === null) return span('-', 'muted');
  if (count < 0) return span(`${glyphs.failed} ${t('licenses.expired')}`, 'status.error');
  const text = t('licenses.daysLeft', { count });
  return count > nearEndDays ? span(text) : span(`${glyphs.warning} ${text}`, 'status.warning');
}
