import { type Language, languages } from '../../i18n/registry.ts';
import type { ConsoleState } from './consoleState.ts';
import type { Sort } from './sort.ts';

/** What is remembered of how one person set up his console. Everything may be missing. */
export interface Preferences {
  readonly language?: Language;
  readonly hasMouse?: boolean;
  readonly isDetailShown?: boolean;
  readonly treeWidth?: number | null;
  readonly sorts?: Readonly<Record<string, Sort>>;
  /** The node of the tree that was left last, by data folder: ids mean nothing in another one. */
  readonly nodes?: Readonly<Record<string, string>>;
  readonly recent?: readonly string[];
}

type Known = { readonly [K in keyof Preferences]-?: (value: unknown) => boolean };

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isWord = (value: unknown): value is string => typeof value === 'string' && value.length <= 4096;
const isBoolean = (value: unknown): boolean => typeof value === 'boolean';
const everyEntry = (value: unknown, test: (entry: unknown) => boolean): boolean =>
  isRecord(value) && Object.entries(value).every(([key, entry]) => isWord(key) && test(entry));

/** Hand-written: the console loads no validation library, which alone would cost a third of its start. */
const known: Known = {
  language: (value) => typeof value === 'string' && Object.hasOwn(languages, value),
  hasMouse: isBoolean,
  isDetailShown: isBoolean,
  treeWidth: (value) => value === null || (Number.isInteger(value) && Number(value) >= 1),
  sorts: (value) =>
    everyEntry(value, (sort) => isRecord(sort) && isWord(sort['column']) && isBoolean(sort['isDescending'])),
  nodes: (value) => everyEntry(value, isWord),
  recent: (value) => Array.isArray(value) && value.every(isWord),
};

/** Null: the text is none that this console has written. A single wrong value makes all of it untrusted. */
export function parsePreferences(text: string): Preferences | null {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isRecord(found)) return null;
  const entries = Object.entries(found).filter(([name]) => Object.hasOwn(known, name));
  if (!entries.every(([name, value]) => known[name as keyof Preferences](value))) return null;
  return Object.fromEntries(entries) as Preferences;
}

const foldersAtMost = 20;

/** How the console began: what an option or the locale decided is not the admin's own choice. */
type Begun = Pick<ConsoleState['ui'], 'language' | 'hasMouse'>;

/** What to remember of this state. `before`: what was remembered, for the other data folders' sake. */
export function preferencesOf(
  { ui }: Pick<ConsoleState, 'ui'>,
  dataFolder: string,
  before: Preferences,
  begun: Begun,
): Preferences {
  const { isDetailShown, treeWidth, sorts, recent } = ui;
  const language = ui.language === begun.language ? before.language : ui.language;
  const hasMouse = ui.hasMouse === begun.hasMouse ? before.hasMouse : ui.hasMouse;
  const others = Object.entries(before.nodes ?? {}).filter(([folder]) => folder !== dataFolder);
  const nodes = Object.fromEntries([...others.slice(1 - foldersAtMost), [dataFolder, ui.node]]);
  return {
    ...(language === undefined ? {} : { language }),
    ...(hasMouse === undefined ? {} : { hasMouse }),
    isDetailShown,
    treeWidth,
    sorts,
    nodes,
    recent,
  };
}
