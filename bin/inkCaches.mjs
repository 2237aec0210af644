// Ink measures, sanitises, tokenises and composes every line anew in each frame. Remembering the answers across frames
// makes a frame many times cheaper. Applied to Ink's own text when bundling; the build fails when that text has changed.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const source = (path) => JSON.stringify(fileURLToPath(new URL(`../src/${path}`, import.meta.url)));
const rememberRows = source('console/ink/rememberRows.ts');
const plainText = source('shared/plainText.ts');

/** Remembers the answers for texts; forgets all at once before it grows large. */
const remembering = (name, compute) => `
const ${name}Answers = new Map();
const ${name} = text => {
  let answer = ${name}Answers.get(text);
  if (answer === undefined) {
    answer = ${compute}(text);
    if (${name}Answers.size > 5000) ${name}Answers.clear();
    ${name}Answers.set(text, answer);
  }
  return answer;
};
`;

const files = [
  {
    path: /[\\/]ink[\\/]build[\\/]output\.js$/,
    imports: `import { rememberRows } from ${rememberRows};`,
    changes: [
      ['//# sourceMappingURL=output.js.map', 'rememberRows(Output);'],
      // Only rows that changed are taken apart, so few of them are worth keeping: each is hundreds of objects.
      [
        'export default class Output {',
        `const keptCaches = new OutputCaches();
const keep = () => {
  for (const cache of [keptCaches.widths, keptCaches.blockWidths]) if (cache.size > 5000) cache.clear();
  if (keptCaches.styledChars.size > 200) keptCaches.styledChars.clear();
  return keptCaches;
};
const sharedBlank = { type: 'char', value: ' ', fullWidth: false, styles: [] };
export default class Output {`,
      ],
      ['    caches = new OutputCaches();', '    caches = keep();'],
      // Cells are replaced, never changed: one blank serves all.
      [
        `                row.push({
                    type: 'char',
                    value: ' ',
                    fullWidth: false,
                    styles: [],
                });`,
        '                row.push(sharedBlank);',
      ],
      // A text of one line is not taken apart and put together again.
      [
        'let lines = characterLines.map(line => styledCharsToString(line));',
        'let lines = characterLines.length === 1 ? [text] : characterLines.map(line => styledCharsToString(line));',
      ],
    ],
  },
  {
    path: /[\\/]ink[\\/]build[\\/]sanitize-ansi\.js$/,
    changes: [
      [
        'export default sanitizeAnsi;',
        `${remembering('rememberedSanitizeAnsi', 'sanitizeAnsi')}export default rememberedSanitizeAnsi;`,
      ],
    ],
  },
  {
    path: /[\\/]string-width[\\/]index\.js$/,
    imports: `import { Graphemes, plainWidth } from ${plainText};`,
    changes: [
      ['new Intl.Segmenter()', 'new Graphemes()'],
      ['export default function stringWidth', 'function stringWidth'],
    ],
    // Its expressions know all of Unicode and are slow to make: only for text that is not plain.
    whole: (text) => `${text.match(/^import .*$/gm).join('\n')}
let complete = null;
const makeComplete = () => {
${text.replace(/^import .*$/gm, '')}
return stringWidth;
};
const measure = (text, options) => (complete ??= makeComplete())(text, options);
const sgr = /\\x1b\\[[\\d;]*m/g;
const widthOf = text => plainWidth(text.includes('\\x1b') ? text.replace(sgr, '') : text) ?? measure(text);
${remembering('rememberedWidth', 'widthOf')}
export default (text, options) =>
  typeof text === 'string' && options === undefined ? rememberedWidth(text) : measure(text, options);
`,
  },
  {
    path: /[\\/]ink[\\/]build[\\/]line-update\.js$/,
    imports: `import { Graphemes } from ${plainText};\nimport { cellUpdate } from ${source('console/ink/cellUpdate.ts')};`,
    changes: [
      ["new Intl.Segmenter(undefined, { granularity: 'grapheme' })", 'new Graphemes()'],
      // Ink redraws a line from its first change to its end: over a slow line only what changed should travel.
      [
        'export default function lineUpdate',
        `export default (previous, next, columns) =>
  cellUpdate(previous, next, columns) ?? lineUpdate(previous, next, columns);
function lineUpdate`,
      ],
    ],
  },
  {
    path: /[\\/]yoga-wasm-base64-esm\.js$/,
    // The binary stands in the file itself: `fetch` would load all of Node's HTTP client to decode it.
    changes: [
      ['function ya(){return w||"function"!=typeof fetch?', 'function ya(){return true?'],
      [
        'try{var b=xa(a.slice(37)),c=new Uint8Array(b.length);for(a=0;a<b.length;++a)c[a]=b.charCodeAt(a);var d=c}',
        'try{var d=Buffer.from(a.slice(37),"base64")}',
      ],
    ],
  },
  // Waking ICU costs half a start of Node.js, and plain text needs none.
  ...[
    [
      /[\\/]ansi-tokenize[\\/]build[\\/]tokenize\.js$/,
      'new Intl.Segmenter(undefined, { granularity: "grapheme" })',
    ],
    [/[\\/]slice-ansi[\\/]tokenize-ansi\.js$/, "new Intl.Segmenter(undefined, {granularity: 'grapheme'})"],
    [/[\\/]wrap-ansi[\\/]index\.js$/, 'new Intl.Segmenter()'],
  ].map(([path, segmenter]) => ({
    path,
    imports: `import { Graphemes } from ${plainText};`,
    changes: [[segmenter, 'new Graphemes()']],
  })),
];

/** The text of one of these files with its changes; null for any other file. */
export function withInkCaches(path, text) {
  const file = files.find(({ path: wanted }) => wanted.test(path));
  if (file === undefined) return null;
  const { imports = '', changes, whole = (contents) => contents } = file;
  let contents = text;
  for (const [from, to] of changes) {
    if (contents.split(from).length !== 2)
      throw new Error(`${path} is not the one that bin/inkCaches.mjs knows: ${from}`);
    contents = contents.replace(from, () => to);
  }
  return `${imports}\n${whole(contents)}`;
}

/** A plugin of esbuild. */
export const inkCaches = {
  name: 'ink-caches',
  setup(build) {
    for (const { path: filter } of files) {
      build.onLoad({ filter }, async ({ path }) => ({
        contents: withInkCaches(path, await readFile(path, 'utf8')),
        loader: 'js',
      }));
    }
  },
};
