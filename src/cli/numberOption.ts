import { failed, type Outcome } from '../domain/failure.ts';
import { mostDevicesOfShare, type Share, shareOf } from '../domain/share.ts';
import { ok } from '../shared/result.ts';

/** A whole number within bounds. `option` is its name, `attempts`. */
export function numberOption(option: string, text: string, min: number, max: number): Outcome<number> {
  const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  return value >= min && value <= max
    ? ok(value)
    : failed('input.invalid', { field: `--${option}`, expected: 'number', min, max });
}

const units: Readonly<Record<string, number>> = { '': 1, k: 1000, m: 1_000_000, g: 1_000_000_000 };

/** Bytes a second: `500k`, `10M`, `1G` (decimal) or plain bytes. */
export function bandwidthOption(option: string, text: string): Outcome<number> {
  const [, digits, unit] = /^(\d{1,12})([kmg]?)$/i.exec(text) ?? [];
  const value = digits === undefined ? 0 : Number(digits) * units[unit!.toLowerCase()]!;
  return value >= 1024 && value <= 100_000_000_000
    ? ok(value)
    : failed('input.invalid', { field: `--${option}`, expected: 'bandwidth' });
}

/** B90: a number of devices, or a percentage of a run's devices: `5`, `10%`. */
export function shareOption(option: string, text: string): Outcome<Share> {
  const share = shareOf(text);
  return share === null
    ? failed('input.invalid', { field: `--${option}`, expected: 'share', max: mostDevicesOfShare })
    : ok(share);
}
