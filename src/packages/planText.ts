import { filePlaceholder } from '../domain/licenseDelivery.ts';
import type { InstallationPackage } from '../domain/model.ts';
import { parseWords } from '../domain/shellWords.ts';

/**
 * `set -- …` with the package's parameters, each quoted on its own, so that a script has them as "$@". A quote
 * that is not closed was refused when the package was stored; here the text is then one word.
 */
export function setParameters({ parameters }: Pick<InstallationPackage, 'parameters'>): string {
  const words = parseWords(parameters);
  return `set -- ${(words.ok ? words.value : [parameters]).map(quoteWord).join(' ')}\n`;
}

/** As job/quote does; packages and job do not know each other. The license's file is where the runner put it. */
const quoteWord = (word: string): string =>
  `'${word
    .replaceAll('\0', '')
    .replaceAll("'", "'\\''")
    .replaceAll(filePlaceholder, `'"$HAIFU_LICENSE_FILE"'`)}'`;

/** The package's own install command, with its parameters behind it. */
export const commandLines = ({ command, parameters }: Pick<InstallationPackage, 'command' | 'parameters'>) =>
  `${setParameters({ parameters })}${(command ?? '').trimEnd()}${parameters.trim() === '' ? '' : ' "$@"'}\n`;

/**
 * `is_locked FILE…`: somebody holds a lock on one of them (/proc/locks names locks by inode). Locks are waited for,
 * never removed. Exit code 75 (EX_TEMPFAIL of sysexits.h) says that the wait was in vain: `retryLater`.
 */
export const lockFunctions = `
is_locked() {
  for lock_file do
    inode=$(ls -i -- "$lock_file" 2>/dev/null) || continue
    inode=\${inode#"\${inode%%[! ]*}"}
    grep -q ":\${inode%% *} " /proc/locks 2>/dev/null && return 0
  done
  return 1
}
`;
export const busyExitCode = 75;
/** How long a package tool waits for another one's lock. */
export const lockWaitSeconds = 600;
