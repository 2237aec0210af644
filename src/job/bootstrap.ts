/**
 * The command for an exec channel (or for sudo, doas, su) that reads a script from its standard input and runs
 * it; what follows the script on standard input is the script's own input. So scripts have no length limit, are
 * in no process list and in no sudo log, and the login's own shell (fish, csh) never parses them. Every script
 * of this folder is one compound command: a script that was cut on its way is a syntax error and runs nothing.
 *
 * @param readyMarker printed on a line before the script is read: send the script only after it, when a
 *   program in front (sudo) could read the input.
 */
export function bootstrapCommand(script: string, readyMarker: string | null = null): string {
  const length = Buffer.byteLength(script);
  const ready = readyMarker === null ? '' : `echo ${safeMarker(readyMarker)}; `;
  return `exec /bin/sh -c '${ready}eval "$(head -c ${length})"'`;
}

function safeMarker(marker: string): string {
  if (!/^[A-Za-z0-9_:.-]+$/.test(marker)) throw new Error('a marker is letters, digits and _ : . -');
  return marker;
}
