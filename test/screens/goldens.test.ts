import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type Language, languages } from '../../src/i18n/registry.ts';
import { cellWidth } from '../../src/shared/cellWidth.ts';
import { type Scene, scenes } from './scenes.ts';
import { screenSvg } from './screenSvg.ts';
import { screensPage } from './screensPage.ts';

/** `npm run screens` writes what `npm test` compares. */
const isWriting = process.env['HAIFU_SCREENS'] === 'write';
const folder = fileURLToPath(new URL('../../docs/screens/', import.meta.url));
process.env['TZ'] = 'UTC';

const texts = (await readdir(`${folder}text`).catch(() => [])).toSorted();

const limitMs = 300_000;

/** Failures quote what others said: their sentences are cut in any language. */
const cutByContent: Readonly<Record<string, number>> = { 'run-causes.ja.txt': 1 };

describe.each(Object.keys(languages) as Language[])('the documented screens, %s', (language) => {
  it.skipIf(isWriting || texts.length === 0)(
    'are what the program draws (npm run screens draws them anew)',
    async () => {
      const drawn = new Set<string>();
      for await (const { name, console } of scenes({ language, width: 80, height: 24 })) {
        const file = `${name}.${language}.txt`;
        drawn.add(file);
        const golden = await readFile(`${folder}text/${file}`, 'utf8').catch(() => '(not there yet)\n');
        expect.soft(`${console.text()}\n`, file).toBe(golden);
      }
      expect([...drawn].toSorted()).toEqual(texts.filter((name) => name.endsWith(`.${language}.txt`)));
    },
    limitMs,
  );

  it.runIf(isWriting)(
    'are written',
    async () => {
      await mkdir(`${folder}text`, { recursive: true });
      for (const name of await readdir(folder, { recursive: true }))
        if (name.endsWith(`.${language}.svg`) || name.endsWith(`.${language}.txt`)) await rm(folder + name);
      const listed: Pick<Scene, 'part' | 'name'>[] = [];
      for await (const { part, name, console } of scenes({ language, width: 80, height: 24 })) {
        listed.push({ part, name });
        await writeFile(`${folder}text/${name}.${language}.txt`, `${console.text()}\n`);
      }
      for await (const { name, console } of scenes({ language, width: 100, height: 30 }))
        await writeFile(`${folder}${name}.${language}.svg`, screenSvg(console.screen, `haifu: ${name}`));
      await writeFile(`${folder}README.md`, screensPage(listed));
    },
    limitMs,
  );
});

describe.skipIf(isWriting || texts.length === 0)('the Japanese screens', () => {
  const read = (name: string, language: Language) =>
    readFile(`${folder}text/${name.replace(/\.ja\.txt$/, '')}.${language}.txt`, 'utf8');
  const names = texts.filter((name) => name.endsWith('.ja.txt'));
  const cuts = (text: string) => text.split('…').length - 1;

  it('cut no text at 80 columns that the English ones show whole', async () => {
    for (const name of names)
      expect
        .soft(cuts(await read(name, 'ja')), name)
        .toBeLessThanOrEqual(cuts(await read(name, 'en')) + (cutByContent[name] ?? 0));
  });

  it('end in the last column wherever they have a frame', async () => {
    for (const name of names)
      for (const row of (await read(name, 'ja')).split('\n'))
        if (/[│╮╯]$/u.test(row)) expect.soft(cellWidth(row), `${name}: ${row}`).toBe(80);
  });
});
