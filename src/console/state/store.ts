/** Holds one immutable state; a change is a new state. No React here: `useSelector` stands beside it. */
export interface Store<S, A> {
  getState(): S;
  dispatch(action: A): void;
  /** Called after each change; returns the way to stop. */
  subscribe(listener: () => void): () => void;
}

/** `reduce` is pure and returns the same reference when nothing changed: then nobody is told. */
export function createStore<S, A>(reduce: (state: S, action: A) => S, initial: S): Store<S, A> {
  let state = initial;
  const listeners = new Set<() => void>();
  return {
    getState: () => state,
    dispatch(action) {
      const next = reduce(state, action);
      if (next === state) return;
      state = next;
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
