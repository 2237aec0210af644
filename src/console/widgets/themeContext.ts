import { createContext, useContext } from 'react';
import { capabilitiesOf } from '../terminal/capabilities.ts';
import { type Theme, themeOf } from '../terminal/theme.ts';

/** The colours and signs of this terminal. Without a provider (a test of one widget): none, and Unicode. */
export const ThemeContext = createContext<Theme>(
  themeOf({ ...capabilitiesOf({ TERM: 'xterm' }), colours: 'none', isUnicode: true }),
);
export const useTheme = (): Theme => useContext(ThemeContext);
