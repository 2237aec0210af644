import type { Failure } from './failure.ts';

/** One failure's words for two: params that agree stay, the others become `…`. */
export function mergedFailure(a: Failure, b: Failure): Failure {
  const names = Object.keys(a.params);
  if (names.every((name) => a.params[name] === b.params[name])) return a;
  const params = Object.fromEntries(
    names.map((name) => [name, a.params[name] === b.params[name] ? a.params[name]! : '…']),
  );
  return { ...a, params };
}
