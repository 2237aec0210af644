export interface BootstrapOptions {
  /**
   * Printed on a line before the script is read: send the script only after it, when a program in front
   * (sudo) could read the input.
   */
  readonly readyMarker?: string;
  /**
   * The script reads input of its own behind itself (receive). Some `head` (busybox) read more than they were asked
   * for: then the script is read by dd, a byte at a time where it cannot wait for a full block.
   */
  readonly hasInput?: boolean;
}

/**
 * The command for an exec channel (or for sudo, doas, su) that reads a script from its standard input and runs
 * it. So scripts have no length limit, are in no process list and in no sudo log, and the login's own shell
 * (fish, csh) never parses them. Every script of this folder is one compound command: a script that was cut on
 * its way is a syntax error and runs nothing.
 */
export function bootstrapCommand(script: string, options: BootstrapOptions = {}): string {
  const length = Buffer.byteLength(script);
  const ready = options.readyMarker === undefined ? '' : `echo ${safeMarker(options.readyMarker)}; `;
  const read = options.hasInput
    ? `dd bs=${length} count=1 iflag=fullblock 2>/dev/null || dd bs=1 count=${length} 2>/dev/null`
    : `head -c ${length}`;
  return `exec /bin/sh -c '${ready}eval "$(${read})"'`;
}

function safeMarker(marker: string): string {
  if (!/^[A-Za-z0-9_:.-]+$/.test(marker)) throw new Error('a marker is letters, digits and _ : . -');
  return marker;
}
