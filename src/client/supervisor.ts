import { readFile } from 'node:fs/promises';
import { waitForEnd } from './processEnd.ts';
import { restartMark, serverInfoFile } from './serverFiles.ts';

/**
 * Starts the server and, after an end that only a bug explains, starts it again: its runs go on (B83). A shell, since
 * it costs a megabyte where another Node costs fifty. Its arguments are the server's info file, the mark and the
 * server's own words.
 *
 * Exit status 70 is the server's own word for a bug (EX_SOFTWARE); 128 + n are ILL, TRAP, ABRT, BUS, FPE and SEGV. Not
 * KILL: whoever kills it wants it gone. A server that never served is not started again, and one that ends again and
 * again within ten minutes is given up after some two minutes.
 */
const script = `
info=$1; mark=$2; shift 2
pause=1; child=; nap=; ending=
end() { ending=1; heard=1; kill -s TERM $child $nap 2>/dev/null; }
trap end TERM INT
trap '' HUP
while :; do
  began=$(date +%s)
  "$@" &
  child=$!
  exec 3>&-; unset NODE_CHANNEL_FD NODE_CHANNEL_SERIALIZATION_MODE
  code=127
  while :; do
    heard=; wait "$child"; now=$?
    # A signal of ours ends the wait, too; 127: there is nothing to wait for any more.
    [ $now = 127 ] || code=$now
    [ -n "$heard" ] || break
  done
  case $code in 70|132|133|134|135|136|139) ;; *) exit "$code" ;; esac
  [ -z "$ending" ] || exit "$code"
  grep -q "\\"pid\\":$child," "$info" 2>/dev/null || exit "$code"
  child=
  [ $(($(date +%s) - began)) -lt 600 ] || pause=1
  [ $pause -le 64 ] || { echo "the server ended again ($code): given up"; exit "$code"; }
  echo "the server ended by a bug ($code): started again in $pause s"
  trap 'rm -f -- "$mark"' EXIT
  echo $$ > "$mark"
  sleep $pause & nap=$!
  [ -z "$ending" ] && wait "$nap"
  [ -z "$ending" ] || { kill "$nap" 2>/dev/null; exit "$code"; }
  nap=; pause=$((pause * 2))
done
`;

const ownName = 'haifu-supervisor';

/** The words that run the server under its supervisor. */
export const supervised = (dataFolder: string, server: readonly string[]): readonly string[] => [
  ...['/bin/sh', '-c', script, ownName],
  ...[serverInfoFile(dataFolder), restartMark(dataFolder), ...server],
];

/**
 * Ends a supervisor that is about to start its server again, or has just done so, with the server. False: there is
 * none, or it takes longer.
 */
export async function endRestarting(dataFolder: string, limitMs: number): Promise<boolean> {
  const pid = Number(await readFile(restartMark(dataFolder), 'utf8').catch(() => ''));
  if (!Number.isSafeInteger(pid) || pid < 2) return false;
  // A mark that a killed supervisor left: its number may be anybody's by now.
  const words = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0');
  if (!words.includes(ownName) || !words.includes(restartMark(dataFolder))) return false;
  process.kill(pid, 'SIGTERM');
  return waitForEnd(pid, limitMs);
}
