import type { RestartOption } from '../../domain/model.ts';
import { quote } from '../quote.ts';
import { restartCommand, restartCommandName, restartUsage } from './restartPlace.ts';

/** However often users say `later`, the restart comes at most this long after its first time. */
export const longestPostponementMinutes = 8 * 60;

/** Shown as it is written: what could steer a terminal is taken out. */
const messageForTerminals = (message: string): string =>
  message
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n]/gu, ' ')
    .replaceAll('\n', '\r\n');

/**
 * The detached restart phase (B39 to B43). Its arguments are the job directory, the state directory and the place
 * `D`. Nobody logged in: at once. It follows no link and reads no file that users could have made.
 */
export const restartRunner = (option: RestartOption): string => `
J=$1; S=$2; D=$3
exec </dev/null >/dev/null 2>&1
message=${quote(messageForTerminals(option.message))}
repeat=$((${Math.trunc(option.repeatMinutes)} * 60))
start_of $$
umask 022
mkdir -p "$D" && [ ! -L "$D" ] && [ -O "$D" ] && chmod 755 "$D" || { echo "$D" > "$J/restartFailed"; exit 1; }
mine="$$ $started_at"
echo "$mine $J" > "$D/owner.$$" && mv -f "$D/owner.$$" "$D/owner"
uptime_now
deadline=$((now + ${Math.trunc(option.automaticMinutes)} * 60)); latest=$((deadline + ${longestPostponementMinutes} * 60))
${option.kind === 'promptUser' ? `ask_users() {${askUsers}}\nask_users` : ''}
restart_now ${option.forceClose ? 'force' : ''}
`;

const askUsers = `
  next=$now
  who_is_there
  [ -n "$present" ] || return 0
  rm -rf -- "$D/answers"
  mkdir -m 700 "$D/answers" && chmod 1733 "$D/answers"
  install_command
  while still_mine; do
    uptime_now
    who_is_there
    [ -n "$present" ] || return 0
    read_answers
    [ "$now" -lt "$deadline" ] || return 0
    at=$(( $(date +%s) + deadline - now ))
    show_status "waiting $deadline $at"
    if [ "$now" -ge "$next" ]; then tell_users; next=$((now + repeat)); fi
    sleep 1
  done
  exit 0
`;

export const restartFunctions = `
still_mine() { owned=; { read -r owned < "$D/owner"; } 2>/dev/null; case $owned in "$mine "*) return 0 ;; *) return 1 ;; esac; }
show_status() { [ "\${shown:-}" = "$1" ] || { shown=$1; echo "$1" > "$D/status.$$"; mv -f "$D/status.$$" "$D/status"; }; }
who_is_there() { present=$(who 2>/dev/null); }
allowed() {
  [ "$1" = 0 ] && return 0
  while read -r user _; do
    [ -n "$user" ] && [ "$(id -u -- "$user" 2>/dev/null)" = "$1" ] && return 0
  done <<haifu_present
$present
haifu_present
  return 1
}
uid_of() { set -- $(ls -dln -- "$1" 2>/dev/null); uid=\${3:--}; }
read_answers() {
  set +f; set -- "$D"/answers/*; set -f
  for answer do
    [ -f "$answer" ] && [ ! -L "$answer" ] || continue
    uid_of "$answer"
    rm -f -- "$answer"
    allowed "$uid" || continue
    answer=\${answer##*/}
    case $answer in
      now.*) deadline=$now; latest=$now ;;
      later.[1-9]*)
        minutes=\${answer#later.}; minutes=\${minutes%%.*}
        case $minutes in *[!0-9]*|?????*) continue ;; esac
        [ $((now + minutes * 60)) -le "$deadline" ] || deadline=$((now + minutes * 60))
        [ "$deadline" -le "$latest" ] || deadline=$latest ;;
    esac
  done
}
tell_users() {
  text=$(printf '\\007\\r\\n%s\\r\\n[%s] %s\\r\\n' "$message" "$(clock_of "$at")" '${restartUsage}')
  while read -r _ terminal _; do
    case $terminal in *..*|*/*/*) continue ;; pts/[0-9]*|tty[0-9A-Za-z]*) ;; *) continue ;; esac
    [ -c "/dev/$terminal" ] || continue
    if command -v timeout >/dev/null 2>&1; then
      timeout 5 /bin/sh -c 'printf "%s\\r\\n" "$1" > "$2"' haifu "$text" "/dev/$terminal" &
    else
      ( printf '%s\\r\\n' "$text" > "/dev/$terminal" ) &
    fi
  done <<haifu_present
$present
haifu_present
}
install_command() {
  folder=\${HAIFU_BIN_DIR:-/usr/local/bin}
  [ -d "$folder" ] && [ -w "$folder" ] || folder=$D
  command_file=$folder/${restartCommandName}
  cat > "$command_file.$$" <<'haifu_command'
${restartCommand}haifu_command
  escaped=$(printf %s "$D" | sed "s/'/'\\\\\\\\''/g; s/[\\\\&|]/\\\\\\\\&/g")
  sed "s|__PLACE__|'$escaped'|" "$command_file.$$" > "$command_file.$$.ready" && chmod 755 "$command_file.$$.ready"
  mv -f "$command_file.$$.ready" "$command_file"; rm -f "$command_file.$$"
}
end_sessions() {
  who_is_there
  for signal in TERM KILL; do
    while read -r _ terminal _; do
      case $terminal in pts/[0-9]*|tty[0-9A-Za-z]*) pkill -"$signal" -t "$terminal" ;; esac
    done <<haifu_present
$present
haifu_present
    [ "$signal" = KILL ] || sleep 5
  done
  command -v loginctl >/dev/null 2>&1 || return 0
  loginctl list-sessions --no-legend 2>/dev/null | while read -r session _; do
    case $(loginctl show-session "$session" --property=Type --value 2>/dev/null) in
      x11|wayland|mir) loginctl terminate-session "$session" ;;
    esac
  done
}
restart_now() {
  [ -z "\${command_file:-}" ] || rm -f -- "$command_file"
  [ "$1" != force ] || { show_status 'restarting 0 0'; end_sessions; }
  reason=; is_asked=
  for attempt in 'shutdown -r now' reboot; do
    command -v "\${attempt%% *}" >/dev/null 2>&1 || continue
    reason=$($attempt 2>&1) && { is_asked=1; break; }
  done
  if [ -z "$is_asked" ]; then
    printf '%s\\n' "\${reason:-shutdown: not found}" > "$J/restartFailed"
    rm -f -- "$D/owner" "$D/status"
    exit 1
  fi
  show_status 'restarting 0 0'
  sleep 900
  rm -f -- "$D/owner" "$D/status"
}
`;
