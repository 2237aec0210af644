/** The part of a window that must be in sight: the focused option from its first line to the line after its last. */
export interface InView {
  readonly from: number;
  readonly to: number;
  /** In sight in any case, when the option is higher than the screen. */
  readonly line: number;
}

/**
 * The first line in sight, for a window of `total` lines on a screen of `height`. The focused option stands in the
 * middle as far as the ends allow, so that what comes before and after it is seen too.
 */
export function scrollTop(total: number, height: number, { from, to, line }: InView): number {
  const last = Math.max(0, total - height);
  const centred = Math.floor((from + to - height) / 2);
  const top = to - from <= height ? centred : Math.min(from, line - Math.floor(height / 2));
  const reaching = Math.max(top, line - height + 1);
  return Math.max(0, Math.min(last, Math.min(reaching, Math.max(line, 0))));
}
