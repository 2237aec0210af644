import { en } from './locales/en/index.ts';
import { ja } from './locales/ja/index.ts';

/** Every language: adding one is a folder in locales/ and a line here. */
export const languages = { en, ja } as const;
export type Language = keyof typeof languages;
