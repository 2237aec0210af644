import { quote } from '../quote.ts';

/**
 * What every script begins with. `say KEY VALUE…` prints one of the script's own lines; `plain` makes one line of
 * anything; `size_of` works on every ls. Tools of the login's PATH come first. A process costs a device more than all
 * else that a script does, so what the shell itself can do it does.
 */
export const prelude = `
PATH="\${PATH:+$PATH:}/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"; export PATH
LC_ALL=C; export LC_ALL
umask 077
set -f
say() { say_key=$1; shift; printf '[[%s:%s %s]]\\n' "$nonce" "$say_key" "$*"; }
plain() { tr -s '\\000-\\037\\177' ' ' | head -c 256; }
tell() { # KEY VALUE, the value anything; most are plain already and cost no process
  case $2 in
    *[![:print:]]*) say "$1" "$(printf %s "$2" | plain)" ;;
    *) if [ \${#2} -le 256 ]; then say "$1" "$2"; else say "$1" "$(printf %s "$2" | plain)"; fi ;;
  esac
}
free_of() { set -- $(df -Pk -- "$1" 2>/dev/null | tail -n 1); free=\${4:-}; case $free in *[!0-9]*|'') free=- ;; *) free=$((free * 1024)) ;; esac; }
fail_with() { # CODE DETAIL
  free_of "$S"; say failed "$1" "$free" "\${needed:--}" "$(printf %s "$2" | plain)"; exit 0
}
size_of() { if [ -s "$1" ]; then set -- $(ls -dln -- "$1" 2>/dev/null); size=\${5:-0}; else size=0; fi; }
hash_of() {
  if command -v sha256sum >/dev/null 2>&1; then set -- $(sha256sum < "$1")
  elif command -v shasum >/dev/null 2>&1; then set -- $(shasum -a 256 < "$1")
  elif command -v openssl >/dev/null 2>&1; then set -- $(openssl dgst -sha256 -r < "$1")
  else set -- missing; fi
  hash=\${1:-missing}
}
sync_files() { sync -- "$@" 2>/dev/null || sync; }
boot_id() { boot=; { read -r boot < "\${HAIFU_BOOT_ID_FILE:-/proc/sys/kernel/random/boot_id}"; } 2>/dev/null; boot=\${boot:--}; }
start_of() {
  started_at=; { read -r started_at < "/proc/$1/stat"; } 2>/dev/null && {
    set -- \${started_at##*) }; shift 19; started_at=$1; return; }
  set -- $(ps -o lstart= -p "$1" 2>/dev/null); IFS=_; started_at="$*"; unset IFS
}
private_dirs() { # outermost first; sets problem
  for private do
    [ -d "$private" ] || { problem=$(mkdir -p -- "$@" 2>&1); break; }
  done
  for private do
    [ -d "$private" ] && [ ! -L "$private" ] && [ -O "$private" ] || { problem="\${problem:-$private: not a private folder}"; return 1; }
  done
  problem=$(chmod 700 -- "$@" 2>&1)
}
why_not() { # MESSAGE CODE; some tools (busybox) call a full disk an I/O error
  case $1 in
    *'No space left'*|*'quota exceeded'*) fail_with check.diskFull "$1" ;;
    *'Read-only file system'*) fail_with check.readOnly "$S" ;;
    *'I/O error'*) free_of "$S"; [ "\${free#-}" ] && [ "$free" -lt 65536 ] && fail_with check.diskFull "$1" ;;
  esac
  fail_with "$2" "$1"
}
`;

/** Sets `uid`, and `S`, the state directory. /proc costs no process. */
export const statePlace = `
uid=
[ -r /proc/self/status ] && while read -r key _ uid _; do [ "$key" != Uid: ] || break; done < /proc/self/status
case $uid in *[!0-9]*|'') uid=$(id -u) ;; esac
if [ -n "\${HAIFU_STATE_DIR:-}" ]; then S=$HAIFU_STATE_DIR
elif [ "$uid" = 0 ]; then S=/var/lib/haifu
else S=$HOME/.local/state/haifu; fi
`;

/** Wraps a body into one compound command: cut on its way, it is a syntax error and runs nothing. */
export const script = (nonce: string, body: string): string =>
  `{\nnonce=${quote(nonce)}${prelude}${statePlace}${body}\nexit 0\n}\n`;
