// Ink measures, sanitises, tokenises and composes every line anew in each frame. Remembering the answers across frames
// makes a frame many times cheaper. Applied to Ink's own text when bundling; the build fails when that text has changed.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const rememberRows = fileURLToPath(new URL('../src/console/ink/rememberRows.ts', import.meta.url));

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
    changes: [
      [
        "import stringWidth from 'string-width';",
        `import stringWidth from 'string-width';\nimport { rememberRows } from ${JSON.stringify(rememberRows)};`,
      ],
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
    changes: [
      [
        'export default function stringWidth(input, options = {}) {',
        `${remembering('rememberedWidth', 'measureWidth')}
export default function stringWidth(input, options) {
	return typeof input === 'string' && options === undefined ? rememberedWidth(input) : measureWidth(input, options);
}
function measureWidth(input, options = {}) {`,
      ],
    ],
  },
];

/** A plugin of esbuild. */
export const inkCaches = {
  name: 'ink-caches',
  setup(build) {
    for (const { path: filter, changes } of files) {
      build.onLoad({ filter }, async ({ path }) => {
        let contents = await readFile(path, 'utf8');
        for (const [from, to] of changes) {
          if (contents.split(from).length !== 2)
            throw new Error(`${path} is not the one that bin/inkCaches.mjs knows: ${from}`);
          contents = contents.replace(from, () => to);
        }
        return { contents, loader: 'js' };
      });
    }
  },
};
