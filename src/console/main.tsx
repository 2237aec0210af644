import type { Language } from '../i18n/registry.ts';
import { translator } from '../i18n/translate.ts';
import { fitCells } from '../shared/cellWidth.ts';
import { capabilitiesOf } from './terminal/capabilities.ts';
import { preferencesPath, readPreferences } from './terminal/preferencesFile.ts';
import { enterScreen } from './terminal/screenModes.ts';
import { themeOf } from './terminal/theme.ts';
import { unblock } from './terminal/unblock.ts';

export interface ConsoleOptions {
  /** Of the local administration server; absolute. */
  readonly dataFolder: string;
  readonly language: Language;
  /** The language was asked for on the command line: what is remembered does not count. */
  readonly isLanguageGiven?: boolean;
  /** Nothing can be changed from this console. */
  readonly isReadOnly?: boolean;
  /** `false`: --no-mouse. */
  readonly hasMouse?: boolean;
  /** Lines in words instead of a full screen. */
  readonly isScreenReader?: boolean;
}

/**
 * Runs the console until the admin leaves it; answers the exit status. The title bar stands before the rest of the
 * console is even loaded.
 */
export async function runConsole(options: ConsoleOptions): Promise<number> {
  const capabilities = capabilitiesOf(process.env, options.language === 'ja');
  const remembered = readPreferences(preferencesPath(process.env));
  const wished = options.isLanguageGiven === true ? undefined : remembered.preferences.language;
  const language = capabilities.isUnicode ? (wished ?? options.language) : 'en';
  // Ink's own wish of the same meaning, for programs that start this one.
  if (options.isScreenReader === true || process.env['INK_SCREEN_READER'] === 'true') {
    const { startSpoken } = await import('./spoken/startSpoken.tsx');
    const { preferences } = remembered;
    return startSpoken({
      ...options,
      language,
      preferences,
      capabilities: { ...capabilities, isUnicode: true },
    });
  }
  if (!capabilities.isFullScreenPossible) {
    const text = translator(options.language)('console.terminal.dumb', { term: process.env['TERM'] ?? '' });
    process.stderr.write(`${text}\n`);
    return 2;
  }
  unblock(process.stdout);
  const title = fitCells(` haifu`, process.stdout.columns ?? 80);
  // Keys typed from now on belong to the console, not to the shell's echo.
  process.stdin.setRawMode(true);
  process.stdout.write(enterScreen(capabilities) + themeOf(capabilities).paint('titleBar', title));
  const { startConsole } = await import('./startConsole.tsx');
  return startConsole({ ...options, language, capabilities, remembered });
}
