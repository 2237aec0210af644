/**
 * Remembers the last answer while every argument is the same reference: how selectors return existing
 * references, so that a subscriber whose part did not change is not drawn again.
 */
export function memoise<A extends readonly unknown[], R>(compute: (...args: A) => R): (...args: A) => R {
  let lastArgs: A | null = null;
  let lastResult: R;
  return (...args) => {
    const previous = lastArgs;
    if (previous?.length === args.length && args.every((argument, i) => Object.is(argument, previous[i])))
      return lastResult;
    lastResult = compute(...args);
    lastArgs = args;
    return lastResult;
  };
}
