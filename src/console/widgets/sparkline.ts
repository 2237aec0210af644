/**
 * At most the newest `width` values as a row of small bars, the highest of all kept values as high as the row. Any value above zero
 * is seen.
 */
export function sparkline(values: readonly number[], width: number, levels: string): string {
  const signs = [...levels];
  const shown = values.slice(-Math.max(0, width));
  const most = Math.max(0, ...values);
  const bars = shown.map((value) => {
    if (most === 0 || value <= 0) return signs[0]!;
    return signs[Math.max(1, Math.round((value / most) * (signs.length - 1)))]!;
  });
  return bars.join('');
}
