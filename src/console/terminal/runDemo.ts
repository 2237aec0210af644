import { spawn } from 'node:child_process';
import type { Language } from '../../i18n/registry.ts';

/** The demo on this terminal, as a program of its own with a data folder of its own; settles when it was left. */
export const runDemo = (language: Language): Promise<void> =>
  new Promise((resolve) => {
    const words = [process.argv[1]!, 'demo', '--lang', language];
    const child = spawn(process.execPath, words, { stdio: 'inherit' });
    child.once('error', () => resolve());
    child.once('exit', () => resolve());
  });
