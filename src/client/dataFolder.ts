import { join, resolve } from 'node:path';

/**
 * Where the local administration server keeps everything: `--data`, else `HAIFU_DATA`, else
 * `$XDG_STATE_HOME/haifu`, else `~/.local/state/haifu`. Always absolute. A relative XDG_STATE_HOME is ignored,
 * as the XDG Base Directory Specification asks.
 */
export function dataFolderOf(
  given: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
  home: string,
): string {
  if (given) return resolve(given);
  if (environment.HAIFU_DATA) return resolve(environment.HAIFU_DATA);
  const state = environment.XDG_STATE_HOME;
  if (state?.startsWith('/')) return join(state, 'haifu');
  return join(home, '.local/state/haifu');
}
