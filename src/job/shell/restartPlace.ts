/**
 * `D` is the device's one place for the restart phase, gone after the restart since /run is in memory: `owner` (pid,
 * start time and job of the phase's runner), `status` (for everybody to read) and `answers`. `restart_state` sets
 * `phase` to none, waiting or restarting, and `deadline` in seconds of uptime.
 */
export const restartPlace = `
D=\${HAIFU_RUN_DIR:-/run}/haifu
if [ "$uid" != 0 ]; then D=$S/run; fi
uptime_now() {
  up=; { read -r up _ < /proc/uptime; } 2>/dev/null
  if [ -n "$up" ]; then now=\${up%%.*}; else now=$(date +%s); fi
}
restart_state() {
  phase=none
  [ -f "$D/owner" ] && [ -f "$D/status" ] || return 0
  owner=; owner_start=; read -r owner owner_start _ < "$D/owner"
  start_of "$owner"
  [ -n "$started_at" ] && [ "$started_at" = "$owner_start" ] && read -r phase deadline _ < "$D/status"
}
clock_of() { date -d "@$1" +%H:%M 2>/dev/null || date -r "$1" +%H:%M; }
`;

/** What users type. It needs no words: it draws the time, the minutes left and the commands. */
export const restartCommandName = 'haifu-restart';
export const restartUsage = `${restartCommandName} now | ${restartCommandName} later 60 | ${restartCommandName} status`;

/**
 * The users' command. An answer is a file's name, never its content: root lists `answers` and opens nothing in
 * it. It is made with O_EXCL (set -C), so that nobody's prepared link is followed.
 */
export const restartCommand = `#!/bin/sh
LC_ALL=C; export LC_ALL
D=__PLACE__
phase=; at=
[ -f "$D/status" ] && read -r phase _ at < "$D/status"
usage() { echo '${restartUsage}' >&2; exit 2; }
answer() { ( set -C; : > "$D/answers/$1.$$" ) || exit 1; }
[ -n "$phase" ] || { echo -; exit 1; }
case \${1:-status} in
  now) answer now ;;
  later)
    minutes=\${2:-60}
    case $minutes in 0*|*[!0-9]*|?????*) usage ;; esac
    answer "later.$minutes" ;;
  status)
    left=$(( (at - $(date +%s) + 59) / 60 ))
    echo "$(date -d "@$at" +%H:%M 2>/dev/null || date -r "$at" +%H:%M) ($left min)" ;;
  *) usage ;;
esac
`;
