import type { JobLicense } from '../jobLicense.ts';
import { quote } from '../quote.ts';
import { receiptFile } from './detection.ts';

/** What the runner does with one installation. */
export interface RunnerOrder {
  readonly packageFile: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly successCodes: readonly number[];
  readonly license: JobLicense | null;
  readonly receipt: { readonly name: string; readonly version: string; readonly sha256: string };
}

/** The log stops growing here; the installer goes on. */
export const logLimitBytes = 16 * 1024 * 1024;
const killGraceSeconds = 10;

/**
 * The detached program: takes the lock `started`, runs `plan` in an empty folder and leaves the exit code in `rc`.
 * Its arguments are the job directory, the state directory and this start's own folder. It holds the FIFO `alive`
 * open, so that whoever reads it learns of its end at once, whatever ended it; none of its children may hold it. (`exec 9>&-` in a
 * subshell, since a redirection of a function call leaves dash a saved copy.)
 */
export const runnerShell = (order: RunnerOrder): string => `
J=$1; S=$2; R=$3
cd "$R" || exit 1
exec </dev/null >/dev/null 2>&1 9<>"$J/alive"
boot_id; start_of $$
[ -p output ] || mkfifo output || exit 1
echo "$$ $started_at $boot" > owner || exit 1
ln owner "$J/started" 2>/dev/null || { rm -rf "$R"; exit 0; }
sync_files "$J/started" "$J"
exec 8<>output 6<output 7>output 8>&-
( exec <&6 6<&- 7>&- 9>&-; keep_log ) &
keeper=$!
exec 6<&-
(
  trap - PIPE
  umask 022
  set +f
  unset LC_ALL; LANG=C.UTF-8
  HOME=\${HOME:-/root}
  HAIFU_PACKAGE=$R/${order.packageFile}
  export LANG HOME HAIFU_PACKAGE
  unset nonce
${exports(order.environment)}
${order.license === null ? '' : handOver(order.license)}
  cd work || exit 126
  if command -v setsid >/dev/null 2>&1; then exec setsid /bin/sh ../plan; fi
  exec /bin/sh ../plan
) >&7 2>&1 7>&- 9>&- &
installer=$!
exec 7>&-
start_of "$installer"
echo "$installer $started_at" > "$J/installer"
(
  trap 'kill "$nap" 2>/dev/null; exit 0' TERM
  sleep ${Math.ceil(order.timeoutMs / 1000)} & nap=$!
  wait "$nap"
  : > timedOut
  end_group "$installer" ${killGraceSeconds}
) 9>&- &
watchdog=$!
wait "$installer"; code=$?
${order.license === null ? '' : `rm -f -- ${placeOf(order.license)}`}
kill "$watchdog" 2>/dev/null
trap : USR1
( sleep 1; kill -s USR1 $$ ) 9>&- & flush=$!
wait "$keeper"
kill "$flush" 2>/dev/null
case $code in ${order.successCodes.map((code) => Math.trunc(code)).join('|') || "''"})
  [ -d "$S/receipts" ] || mkdir -p "$S/receipts"
  printf '%s\\n' ${quote(order.receipt.sha256)} ${quote(order.receipt.version)} ${quote(order.receipt.name)} > receipt
  mv receipt "$S/receipts/${receiptFile(order.receipt.name)}" ;;
esac
if [ -e timedOut ]; then echo timeout > rc; else echo "exit $code" > rc; fi
sync_files rc
mv rc "$J/rc"
`;

const exports = (environment: Readonly<Record<string, string>>): string =>
  Object.entries(environment)
    .map(([name, value]) => {
      if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) throw new Error(`not a variable's name: ${name}`);
      return `  ${name}=${quote(value)}; export ${name}`;
    })
    .join('\n');

const placeOf = ({ fileName }: JobLicense): string => `"$R"/${quote(fileName)}`;

/**
 * In the subshell that becomes the installer, in the run's folder: its path, or its text in the variable and no file any
 * more. The text is never a word of a command, also when the variable is one that the runner itself goes by.
 */
function handOver(license: JobLicense): string {
  if (license.variable === null) return `  HAIFU_LICENSE_FILE=${placeOf(license)}; export HAIFU_LICENSE_FILE`;
  const file = `./${quote(license.fileName)}`;
  return `  ${license.variable}=$(cat ${file}); rm -f -- ${file}; export ${license.variable}`;
}

/**
 * Functions of the runner. `keep_log` copies its input to the log up to the limit, and reads on, so that an
 * installer never blocks and never dies of a closed pipe.
 */
export const runnerFunctions = `
keep_log() {
  : > "$J/log"
  while :; do
    answer=$(dd bs=65536 count=64 2>&1 >> "$J/log") || exec cat > /dev/null
    blocks=\${answer%% records in*}; blocks=\${blocks##*[!0-9+]}
    [ $((\${blocks:-0})) = 64 ] || return 0
    size_of "$J/log"
    if [ "$size" -gt ${logLimitBytes} ]; then
      printf '\\n[...]\\n' >> "$J/log"
      exec cat > /dev/null
    fi
  done
}
`;

/** `end_group PID SECONDS`: TERM to its process group, or to itself where it leads none; then KILL. */
export const endGroup = `
end_group() {
  signal_group TERM "$1"
  waited=0
  while kill -0 -"$1" 2>/dev/null || kill -0 "$1" 2>/dev/null; do
    [ "$waited" -ge "$2" ] && { signal_group KILL "$1"; return 0; }
    sleep 1; waited=$((waited + 1))
  done
}
signal_group() { kill -s "$1" -- -"$2" 2>/dev/null || kill -s "$1" "$2" 2>/dev/null; }
`;
