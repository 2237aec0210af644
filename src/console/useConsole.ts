import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Action } from './state/actions.ts';
import type { ConsoleState } from './state/consoleState.ts';
import type { Store } from './state/store.ts';

export const StoreContext = createContext<Store<ConsoleState, Action> | null>(null);

/**
 * What `select` answers for the state of now; drawn again only when that is another reference, so a selector
 * returns what stands in the state, or something memoised.
 */
export function useConsole<T>(select: (state: ConsoleState) => T): T {
  const store = useContext(StoreContext);
  if (store === null) throw new Error('no store around this component');
  const read = () => select(store.getState());
  return useSyncExternalStore(store.subscribe, read, read);
}
