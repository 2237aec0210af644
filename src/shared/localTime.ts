const two = (value: number) => String(value).padStart(2, '0');

/** Local day, `2026-01-31`. */
export function dayText(iso: string): string {
  const at = new Date(iso);
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** The local day of now. */
export const today = (): string => dayText(new Date().toISOString());

/** Local date and time, `2026-01-31 14:03`. */
export function dateText(iso: string): string {
  const at = new Date(iso);
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}`;
}
