type Environment = Readonly<Record<string, string | undefined>>;

/** What the terminal can do, read from the environment only: no question to the terminal delays the start. */
export interface Capabilities {
  /** False: `TERM=dumb` or no TERM, where a full-screen program cannot work. */
  readonly isFullScreenPossible: boolean;
  readonly colours: 'none' | '16' | '256';
  /** False: frames and signs in ASCII, and English, because nothing else can be shown. */
  readonly isUnicode: boolean;
  /** The Linux console and VT100s have no alternate screen: the screen is cleared on exit instead. */
  readonly hasAlternateScreen: boolean;
}

const isUtf8 = (environment: Environment): boolean =>
  /utf-?8/i.test(environment['LC_ALL'] || environment['LC_CTYPE'] || environment['LANG'] || '');

function coloursOf(environment: Environment, term: string): Capabilities['colours'] {
  // https://no-color.org: present and not empty, whatever its value.
  if (environment['NO_COLOR']) return 'none';
  if (/^vt\d/.test(term)) return 'none';
  if (/256color|kitty|alacritty|direct/.test(term) || /truecolor|24bit/.test(environment['COLORTERM'] ?? ''))
    return '256';
  return '16';
}

export function capabilitiesOf(environment: Environment): Capabilities {
  const term = environment['TERM'] ?? '';
  return {
    isFullScreenPossible: term !== '' && term !== 'dumb',
    colours: coloursOf(environment, term),
    isUnicode: isUtf8(environment) && term !== 'linux' && !/^vt\d/.test(term),
    hasAlternateScreen: term !== 'linux' && !/^vt\d/.test(term),
  };
}
