/** Numerical Recipes' generator: the same strings in each run. */
export function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const esc = '\u{1B}';

/** What is known to control terminals or to deceive who reads them. */
export const known: readonly string[] = [
  // Window title, icon name, working folder, palette, hyperlinks, clipboard, notifications, iTerm2, shell integration.
  ...['0;owned', '1;owned', '2;owned', '4;1;rgb:ff/00/00', '7;file://evil/', '8;;http://evil', '8;;'],
  ...['9;ping', '10;#ff0000', '11;?', '12;red', '50;?', '52;c;cm0gLXJmIC8=', '52;c;?', '104', '133;A'],
  ...['777;notify;a;b', '1337;File=inline=1:AAAA', '1337;ClearScrollback'],
].flatMap((body) => [
  `${esc}]${body}\u{7}`,
  `${esc}]${body}${esc}\\`,
  `\u{9D}${body}\u{9C}`,
  `${esc}]${body}`,
]);

const sequences: readonly string[] = [
  ...known,
  // Cursor, erasing, scrolling, colours, modes, reports, resets, screens, charsets, printing, window operations.
  ...['A', '9999B', '5;5H', '2J', '3J', 'K', '1K', '5L', '5M', '9P', '9@', '3S', '3T', '2;5r', 's', 'u'],
  ...['31m', '0m', '7m', '38;5;196m', '38;2;255;0;0m', '8m', '5m', '1;31;41m', '6n', 'c', '>c', '0x', '5i'],
  ...['?1049h', '?1049l', '?25l', '?25h', '?2004h', '?1000h', '?7h', '?7l', '?5h', '?2026h', '?69h', '4h'],
  ...['20h', '!p', '21t', '8;10;10t', '14t', '?1h', '0"q', '2 q', '31', '', '1;', '?', '38;2;'],
].flatMap((part) =>
  part.includes(esc) || part.includes('\u{9D}') ? [part] : [`${esc}[${part}`, `\u{9B}${part}`],
);

const others: readonly string[] = [
  // DCS: DECRQSS, sixel, tmux passthrough, ReGIS, XTGETTCAP; APC (kitty graphics), PM, SOS; unended ones.
  ...[
    `${esc}P$q"p${esc}\\`,
    `${esc}Pq#0;2;0;0;0#0~~@@vv@@~~$-${esc}\\`,
    `${esc}Ptmux;${esc}${esc}]52;c;eA==\u{7}${esc}\\`,
  ],
  ...[
    `${esc}P0p`,
    `${esc}P+q544e${esc}\\`,
    `${esc}_Gf=24;AAAA${esc}\\`,
    `${esc}^x${esc}\\`,
    `${esc}Xx${esc}\\`,
  ],
  ...[`\u{90}q~\u{9C}`, `\u{98}x`, `\u{9E}x\u{9C}`, `\u{9F}x`, `${esc}P`, `${esc}_`, esc, `${esc}${esc}`],
  ...[
    `${esc}c`,
    `${esc}7`,
    `${esc}8`,
    `${esc}D`,
    `${esc}M`,
    `${esc}E`,
    `${esc}(0`,
    `${esc})B`,
    `${esc}#8`,
    `${esc}=`,
  ],
  ...[`${esc}>`, `${esc}N`, `${esc}O`, `${esc}Z`, `${esc} F`, `${esc}%G`, `${esc}%@`, `${esc}n`, `${esc}l`],
  // C0 and C1.
  ...Array.from({ length: 32 }, (_, code) => String.fromCharCode(code)).filter((sign) => sign !== '\n'),
  ...Array.from({ length: 33 }, (_, code) => String.fromCharCode(0x7f + code)),
  // What is overwritten, and what looks overwritten.
  'good\rbad ',
  'rm -rf\b\b\b\b\b\b',
  '\t\t\t\t\t\t\t\t\t\t\t\t',
  // Order of reading, and what cannot be seen.
  ...[
    '\u202A',
    '\u202B',
    '\u202C',
    '\u202D',
    '\u202E',
    '\u2066',
    '\u2067',
    '\u2068',
    '\u2069',
    '\u200E',
    '\u200F',
  ],
  ...[
    '\u061C',
    '\u200B',
    '\u200C',
    '\u200D',
    '\u2060',
    '\u2061',
    '\u2064',
    '\uFEFF',
    '\u00AD',
    '\u034F',
    '\u180E',
  ],
  ...[
    '\u115F',
    '\u1160',
    '\u3164',
    '\uFFA0',
    '\u2028',
    '\u2029',
    '\uFFF9',
    '\uFFFB',
    '\uFFFE',
    '\uFFFF',
    '\u{1D173}',
  ],
  ...[
    '\u{E0001}',
    '\u{E0041}',
    '\u{E007F}',
    '\u{E000}',
    '\u{F8FF}',
    '\u{10FFFD}',
    '\u{E0100}',
    '\uFE0F',
    '\uFE00',
  ],
  // Marks in heaps, and marks on nothing.
  '\u0301'.repeat(200),
  'Z\u0351\u036B\u0343\u036A\u0302\u036B\u033D\u034F\u0334\u0319\u0324\u031E\u0349\u035A\u032F',
  ...['\u0488', '\u20DD', '\u20E3', '\u0E47', '\u0F71\u0F72\u0F73'],
  // Halves of characters.
  ...['\uD800', '\uDC00', '\uDBFF', '\uD83D', '\uDE00\uD83D', '\uD83D\uD83D\uDE00'],
  // Widths that terminals disagree on. (Indic conjuncts are left out: no two terminals agree, and names need them.)
  ...[
    '👨‍👩‍👧‍👦',
    '❤️',
    '🏳️‍🌈',
    '1️⃣',
    '🇯🇵',
    '🇯',
    '👍🏽',
    '🧑🏿‍🚀',
    'நி',
    'ก็',
    '각',
    '각',
    'ﷺ',
    '꧅',
    '𒐫',
    '﷽',
    '①',
    '※',
    '…',
  ],
  ...['☂', '⚡', '⛔', '☺︎', '☺️', '\u{1F1E6}\u{1F1E6}\u{1F1E6}', 'ﾊﾞ', 'が', '葛󠄀', '᠀', '\u{1F3FB}'],
  // Lookalikes of our own lines and of a shell's.
  '│ ✓ succeeded │',
  '╰──────────╯',
  '{next} {message} %s $(id) `id`',
  '[haifu] exit code 0',
];

const words = ['web', '01', 'サーバー', 'é', ' ', '-', '.', 'データ', 'DB', 'é', 'x'.repeat(30), '東京', '​'];

/** Strings of one line: known ones alone first, then mixtures. */
export function hostileStrings(count: number, seed = 20_260_131): string[] {
  const next = numbers(seed);
  const all = [...sequences, ...others];
  const alone = all.flatMap((one) => [one, `a${one}b`]);
  return Array.from({ length: count }, (_, i) => {
    const given = alone[i];
    if (given !== undefined) return given;
    const pieces = Array.from({ length: 1 + next(6) }, () =>
      next(3) === 0 ? words[next(words.length)]! : all[next(all.length)]!,
    );
    const text = pieces.join('');
    // Some are cut in the middle of a sequence.
    return next(4) === 0 ? text.slice(0, 1 + next(text.length)) : text;
  });
}
