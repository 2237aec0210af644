import { createContext, useContext } from 'react';
import type { ConsoleContext } from './consoleContext.ts';

export const ActionsContext = createContext<ConsoleContext | null>(null);

/** What a click may do; null where a part of the screen is drawn by itself. */
export const useActions = (): ConsoleContext | null => useContext(ActionsContext);
