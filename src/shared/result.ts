/** An expected outcome as a value: a bug throws, a failure is returned. */
export type Result<T, E> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: E };

export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });
export const fail = <E>(failure: E): { readonly ok: false; readonly failure: E } => ({ ok: false, failure });
