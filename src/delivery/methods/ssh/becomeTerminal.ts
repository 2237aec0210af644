import { randomBytes } from 'node:crypto';
import type { Outcome } from '../../../domain/failure.ts';
import type { BecomeMethod } from '../../../domain/model.ts';
import { quote } from '../../../job/quote.ts';
import { ok } from '../../../shared/result.ts';
import type { RemoteProcess } from '../../remoteProcess.ts';
import type { Elevation } from './become.ts';
import { converse } from './becomeDialogue.ts';
import { notRoot } from './becomeRefusal.ts';
import { openProcess } from './channel.ts';
import type { Line } from './line.ts';

const commands: Record<Exclude<BecomeMethod, 'none'>, (inner: string) => string> = {
  sudo: (inner) => `sudo -k -- /bin/sh -c ${quote(inner)}`,
  doas: (inner) => `doas /bin/sh -c ${quote(inner)}`,
  su: (inner) => `su -s /bin/sh -c ${quote(inner)} root`,
};

/**
 * Runs in the terminal. Its watcher says `hidden` when the terminal's echo is off but its lines are still lines
 * (sudo's own relay makes them raw): before that a password would be shown, or flushed away unread. At the end
 * the pipes are opened once more, so that nobody waits at them for ever.
 */
const terminalScript = (folder: string, hidden: string, command: string): string => `
d=${folder}; umask 077; mkdir "$d" && mkfifo "$d/in" "$d/out" "$d/err" || exit 125
leave() { exec 3<>"$d/in" 4<>"$d/out" 5<>"$d/err"; rm -rf "$d"; }
trap leave HUP TERM
LC_ALL=C; export LC_ALL
t=$(tty) || exit 125
( while [ -d "$d" ]; do
    s=" $(stty -a <"$t" | tr '\\n;' '  ') "
    case $s in *' -icanon '*) ;; *' -echo '*) echo ${hidden}; exit;; esac
    sleep 0.05 2>/dev/null || sleep 1
  done ) &
${command}
e=$?
leave 2>/dev/null
exit $e`;

/** Runs on a channel without a terminal: joins it to the root shell's three pipes. */
const pipesScript = (folder: string): string => `
d=${folder}; i=0
while [ ! -p "$d/err" ]; do i=$((i+1)); [ $i -gt 300 ] && exit 125; sleep 0.05 2>/dev/null || sleep 1; done
cat <"$d/err" >&2 & cat <"$d/out" & cat >"$d/in"
wait`;

export interface TerminalRequest {
  readonly inner: string;
  readonly ready: string;
  readonly timeoutMs: number;
}

/**
 * For a sudo, doas or su that asks on a terminal only. The terminal carries the password dialogue and the exit
 * code and nothing else: the root shell's own streams are pipes in a private folder of the login user, joined to
 * a second channel.
 */
export async function openInTerminal(
  line: Line,
  elevation: Elevation,
  { inner, ready, timeoutMs }: TerminalRequest,
): Promise<Outcome<RemoteProcess>> {
  const { method, password } = elevation;
  if (method === 'none') throw new Error('nothing to become');
  const token = randomBytes(16).toString('hex');
  const folder = `/tmp/haifu-${token}`;
  const hidden = `hidden-${token}`;
  const rootShell = `exec /bin/sh -c ${quote(inner)} <${folder}/in >${folder}/out 2>${folder}/err`;
  const script = terminalScript(folder, hidden, commands[method](rootShell));

  const [terminal, pipes] = await Promise.all([
    openProcess(line, `exec /bin/sh -c ${quote(script)}`, { term: 'dumb', cols: 200 }),
    openProcess(line, `exec /bin/sh -c ${quote(pipesScript(folder))}`),
  ]);
  const close = (): void => {
    if (terminal.ok) terminal.value.close();
    if (pipes.ok) pipes.value.close();
  };
  if (!terminal.ok || !pipes.ok) {
    close();
    return terminal.ok ? pipes : terminal;
  }
  const said = await converse({
    shell: pipes.value,
    asker: terminal.value,
    password,
    ready,
    timeoutMs,
    isQuestion: (words) => words.includes(hidden) || /Sorry, try again/.test(words),
  });
  if (said.kind === 'ready') return ok(joined(terminal.value, pipes.value));
  close();
  return notRoot(line, elevation, said);
}

/** The pipes' streams with the terminal's exit code. */
const joined = (terminal: RemoteProcess, pipes: RemoteProcess): RemoteProcess => ({
  onOutput: pipes.onOutput,
  write: pipes.write,
  endInput: pipes.endInput,
  ended: pipes.ended.then(() => terminal.ended),
  close: () => {
    pipes.close();
    terminal.close();
  },
});
