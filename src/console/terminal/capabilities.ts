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

const localeOf = (environment: Environment): string =>
  environment['LC_ALL'] || environment['LC_CTYPE'] || environment['LANG'] || '';

/** The C locale names no encoding: on many jump hosts it is all that an SSH session gets, whatever the terminal. */
const isSilent = (locale: string): boolean => locale === '' || locale === 'C' || locale === 'POSIX';

function coloursOf(environment: Environment, term: string): Capabilities['colours'] {
  // https://no-color.org: present and not empty, whatever its value.
  if (environment['NO_COLOR']) return 'none';
  if (/^vt\d/.test(term)) return 'none';
  if (/256color|kitty|alacritty|direct/.test(term) || /truecolor|24bit/.test(environment['COLORTERM'] ?? ''))
    return '256';
  return '16';
}

/** @param isJapaneseAskedFor by `--lang ja`: believed where the locale says nothing about the encoding */
export function capabilitiesOf(environment: Environment, isJapaneseAskedFor = false): Capabilities {
  const locale = localeOf(environment);
  const isUtf8 = /utf-?8/i.test(locale) || (isJapaneseAskedFor && isSilent(locale));
  const term = environment['TERM'] ?? '';
  return {
    isFullScreenPossible: term !== '' && term !== 'dumb',
    colours: coloursOf(environment, term),
    isUnicode: isUtf8 && term !== 'linux' && !/^vt\d/.test(term),
    hasAlternateScreen: term !== 'linux' && !/^vt\d/.test(term),
  };
}
