import type { Capabilities } from './capabilities.ts';
import { mouseOff } from './mouse.ts';

const hideCursor = '\u{1B}[?25l';
const showCursor = '\u{1B}[?25h';
/** DECAWM off: a sign that the terminal draws wider than we think cannot break the lines below it. */
const noWrap = '\u{1B}[?7l';
const wrap = '\u{1B}[?7h';
const clear = '\u{1B}[2J\u{1B}[H';
const plain = '\u{1B}[0m';

/** What begins full screen. The alternate screen keeps what the shell has written. */
export const enterScreen = ({ hasAlternateScreen }: Capabilities): string =>
  `${hasAlternateScreen ? '\u{1B}[?1049h' : ''}${hideCursor}${noWrap}${clear}`;

/** What ends it, whatever state it was in: also after a crash in the middle of a frame. */
export const leaveScreen = ({ hasAlternateScreen }: Capabilities): string =>
  `\u{1B}[?2026l\u{1B}[?2004l${mouseOff}${plain}${wrap}${hasAlternateScreen ? '\u{1B}[?1049l' : clear}${showCursor}`;
