import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { spawn } from '@lydell/node-pty';

export const haifuLauncher = fileURLToPath(new URL('../../bin/haifu', import.meta.url));

export interface Json {
  readonly [key: string]: Json;
}

export interface Ended {
  readonly status: number;
  readonly out: string;
  readonly err: string;
  /** What `--json` printed. */
  readonly json: Json;
}

/** A user with a home of their own, whose data folder stands in it. */
export const userEnvironment = (home: string): Record<string, string> => ({
  PATH: process.env.PATH!,
  HOME: home,
  HAIFU_DATA: join(home, 'data'),
  LANG: 'C.UTF-8',
});

/** The program as that user runs it in a script. */
export const haifuOf =
  (home: () => string) =>
  (words: readonly string[], input = '', environment: Record<string, string> = {}): Promise<Ended> =>
    new Promise((resolve) => {
      const child = execFile(
        haifuLauncher,
        [...words],
        { env: { ...userEnvironment(home()), ...environment } },
        (error, out, err) => {
          const status = error === null ? 0 : Number(error.code);
          const json = (words.includes('--json') ? JSON.parse(out) : {}) as Json;
          resolve({ status, out, err, json });
        },
      );
      child.stdin!.end(input);
    });

/** The program on a real terminal; `screen` is everything that it wrote. */
export function inTerminal(home: string, words: readonly string[]) {
  const terminal = spawn(haifuLauncher, [...words], {
    cols: 100,
    rows: 30,
    env: { ...userEnvironment(home), TERM: 'xterm-256color' },
  });
  let screen = '';
  let notify = (): void => {};
  terminal.onData((text) => {
    screen += text;
    notify();
  });
  const ended = new Promise<{ status: number; screen: string }>((resolve) =>
    terminal.onExit(({ exitCode }) => resolve({ status: exitCode, screen })),
  );
  return {
    ended,
    type: (text: string) => terminal.write(text),
    until: (text: string) =>
      new Promise<void>((resolve) => {
        notify = () => {
          if (screen.includes(text)) resolve();
        };
        notify();
      }),
  };
}
