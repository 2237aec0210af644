import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { failureCodes } from '../../src/domain/failure.ts';
import type { Text } from '../../src/i18n/messages.ts';
import { type Language, languages } from '../../src/i18n/registry.ts';

const src = fileURLToPath(new URL('../../src', import.meta.url));
const tables = languages as unknown as Record<Language, Record<string, Record<string, Text>>>;
const keysOf = (language: Language): string[] =>
  Object.entries(tables[language]).flatMap(([area, texts]) =>
    Object.keys(texts).map((key) => `${area}.${key}`),
  );
const textOf = (language: Language, key: string): Text => {
  const dot = key.indexOf('.');
  return tables[language][key.slice(0, dot)]![key.slice(dot + 1)]!;
};
const formsOf = (text: Text): string[] => (typeof text === 'string' ? [text] : [text.one, text.other]);
const placeholdersOf = (text: Text): string[] =>
  [
    ...new Set(formsOf(text).flatMap((form) => [...form.matchAll(/\{(\w+)\}/g)].map((found) => found[1]!))),
  ].toSorted();

const sources = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !name.startsWith('i18n/locales/'))
  .map((name) => readFileSync(join(src, name), 'utf8'))
  .join('\n');

describe('all languages', () => {
  const english = keysOf('en');

  it.each(Object.keys(languages) as Language[])('%s has the same keys', (language) => {
    expect(keysOf(language).toSorted()).toEqual(english.toSorted());
  });

  it.each(Object.keys(languages) as Language[])('%s has the same placeholders', (language) => {
    const different = english.filter((key) => {
      const [own, theirs] = [placeholdersOf(textOf(language, key)), placeholdersOf(textOf('en', key))];
      return own.join() !== theirs.join();
    });
    expect(different).toEqual([]);
  });

  it.each(Object.keys(languages) as Language[])('%s has no empty or control-bearing text', (language) => {
    const bad = english.filter((key) =>
      formsOf(textOf(language, key)).some(
        (form) => form.trim() === '' || /[\x00-\x09\x0b-\x1f\x7f-\x9f]/.test(form),
      ),
    );
    expect(bad).toEqual([]);
  });

  it('Japanese is Japanese', () => {
    const shared = /^[\x20-\x7e\s…→–—·×]*$/;
    const untranslated = english.filter((key) => {
      const text = formsOf(textOf('ja', key)).join();
      return shared.test(text) && /[a-z]{4,} [a-z]{3,}/i.test(text);
    });
    // Said where the terminal cannot show Japanese.
    expect(untranslated).toEqual(['console.why.noUnicode']);
  });

  it('every failure has its words and what to do next', () => {
    for (const code of failureCodes)
      for (const key of [`failures.${code}`, `failures.${code}.next`]) expect(english, key).toContain(key);
  });
});

it('no text is unused', () => {
  // `states.${state}` uses every key that such a template can make.
  const templates = [...sources.matchAll(/`([a-z]\w*\.[^`\s]*\$\{[^`\n]*)`/g)].map(
    ([, template]) =>
      new RegExp(
        `^${template!
          .split(/\$\{[^}]*\}/)
          .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
          .join('.+')}$`,
      ),
  );
  const isUsed = (key: string): boolean => {
    const word = /^failures\.(?:expected|field)\.(.+)$/.exec(key)?.[1];
    // zod's own name for what a pattern refuses.
    if (word === 'regex') return true;
    if (word !== undefined) return sources.includes(`'${word}'`);
    return sources.includes(`'${key}'`) || templates.some((template) => template.test(key));
  };
  expect(keysOf('en').filter((key) => !isUsed(key))).toEqual([]);
});
