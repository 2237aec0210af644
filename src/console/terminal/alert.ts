import { sanitiseLine } from '../../shared/sanitise.ts';

/**
 * What calls the admin to the terminal when a run has ended: `HAIFU_BELL=bell` rings (BEL), `osc9` asks for a desktop
 * notification (OSC 9: iTerm2, Windows Terminal, WezTerm, kitty), `both` does both. Off unless it is set.
 */
export function alertSequence(wish: string | undefined, text: string): string {
  const bell = wish === 'bell' || wish === 'both' ? '\u{7}' : '';
  const notification =
    wish === 'osc9' || wish === 'both' ? `\u{1B}]9;${sanitiseLine(text, 200)}\u{1B}\\` : '';
  return notification + bell;
}
