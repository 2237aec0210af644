import type { IBufferCell, Terminal } from '@xterm/headless';

/** The 16 colours of a common dark terminal theme. */
const palette = [
  '#1d2128',
  '#e06c75',
  '#98c379',
  '#e5c07b',
  '#61afef',
  '#c678dd',
  '#56b6c2',
  '#c8ccd4',
  '#6b7280',
  '#ff7b86',
  '#b5e890',
  '#ffd58a',
  '#7cc4ff',
  '#dd9bf0',
  '#6fd3e0',
  '#ffffff',
];
const background = '#14171c';
const foreground = '#c8ccd4';
const cellWidth = 8.4;
const cellHeight = 18;

/** Colour of the 6x6x6 cube and the grey ramp beyond the 16. */
function indexedColour(index: number): string {
  if (index < 16) return palette[index] ?? foreground;
  if (index >= 232) return hex(Array(3).fill(8 + (index - 232) * 10));
  const level = (n: number) => (n === 0 ? 0 : 55 + n * 40);
  const cube = index - 16;
  return hex([level(Math.floor(cube / 36)), level(Math.floor(cube / 6) % 6), level(cube % 6)]);
}

const hex = (rgb: number[]): string => `#${rgb.map((part) => part.toString(16).padStart(2, '0')).join('')}`;

function colour(cell: IBufferCell, side: 'fg' | 'bg'): string {
  const isForeground = side === 'fg';
  const value = isForeground ? cell.getFgColor() : cell.getBgColor();
  if (isForeground ? cell.isFgPalette() : cell.isBgPalette()) return indexedColour(value);
  if (isForeground ? cell.isFgRGB() : cell.isBgRGB()) return `#${value.toString(16).padStart(6, '0')}`;
  return isForeground ? foreground : background;
}

const escapeXml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** Draws the terminal's visible cells as an SVG: text stays text, every cell at its own column. */
export function screenSvg(terminal: Terminal, title: string): string {
  const width = terminal.cols * cellWidth + 20;
  const height = terminal.rows * cellHeight + 20;
  const parts: string[] = [];
  const buffer = terminal.buffer.active;
  for (let y = 0; y < terminal.rows; y++) {
    const row = buffer.getLine(buffer.viewportY + y);
    if (row === undefined) continue;
    let x = 0;
    while (x < terminal.cols) {
      const run = readRun(row, x, terminal.cols);
      const left = (10 + x * cellWidth).toFixed(1);
      const top = 10 + y * cellHeight;
      const runWidth = (run.cells * cellWidth).toFixed(1);
      if (run.bg !== background)
        parts.push(
          `<rect x="${left}" y="${top}" width="${runWidth}" height="${cellHeight}" fill="${run.bg}"/>`,
        );
      const text = run.text.trimEnd();
      const textWidth = ((run.cells / run.text.length) * text.length * cellWidth).toFixed(1);
      if (text !== '')
        parts.push(
          `<text x="${left}" y="${top + 13.5}" fill="${run.fg}"${run.isBold ? ' font-weight="bold"' : ''}${run.isDim ? ' opacity="0.65"' : ''} textLength="${textWidth}" lengthAdjust="spacingAndGlyphs">${escapeXml(text)}</text>`,
        );
      x += run.cells;
    }
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width.toFixed(0)} ${height}" width="${width.toFixed(0)}" height="${height}" role="img" aria-label="${escapeXml(title)}">`,
    `<rect width="100%" height="100%" rx="8" fill="${background}"/>`,
    `<g font-family="'DejaVu Sans Mono','Noto Sans Mono CJK JP',monospace" font-size="14" xml:space="preserve">`,
    ...parts,
    '</g></svg>\n',
  ].join('\n');
}

type Row = NonNullable<ReturnType<Terminal['buffer']['active']['getLine']>>;

interface Run {
  cells: number;
  text: string;
  readonly fg: string;
  readonly bg: string;
  readonly isBold: boolean;
  readonly isDim: boolean;
}

/** The longest run of cells from `x` with one look and one width, so that all keep their place. */
function readRun(row: Row, x: number, cols: number): Run {
  const run = look(row.getCell(x));
  const cells = run.text.length === 1 ? run.cells : 0;
  while (x + run.cells < cols) {
    const next = row.getCell(x + run.cells);
    const other = look(next);
    const isAlike =
      other.fg === run.fg && other.bg === run.bg && other.isBold === run.isBold && other.isDim === run.isDim;
    if (!isAlike || other.cells !== cells || other.text.length !== 1) break;
    run.text += other.text;
    run.cells += cells;
  }
  return run;
}

function look(cell: IBufferCell | undefined): Run {
  if (cell === undefined)
    return { cells: 1, text: ' ', fg: foreground, bg: background, isBold: false, isDim: false };
  const isInverse = cell.isInverse() !== 0;
  return {
    cells: Math.max(1, cell.getWidth()),
    text: cell.getChars() || ' ',
    fg: colour(cell, isInverse ? 'bg' : 'fg'),
    bg: colour(cell, isInverse ? 'fg' : 'bg'),
    isBold: cell.isBold() !== 0,
    isDim: cell.isDim() !== 0,
  };
}
