/**
 * `follow OFFSET` prints the log from there while the runner lives, then says `end STATE`. It expects the FIFO
 * `alive` on file descriptor 7, open for reading with a writer already there or gone for good: end of file is the
 * runner's end, known at once. Ticks come through a FIFO whose only reader is this shell, so that its
 * children die with it. `open_alive FIFO…` makes others along with `alive`. `alive` lines make a closed connection end a follower that has nothing else to print.
 */
export const followShell = `
emit() {
  size_of "$J/log"
  [ "$size" -gt "$seen" ] || return 0
  if [ "$seen" = 0 ]; then head -c "$size" "$J/log"
  else tail -c +$((seen + 1)) "$J/log" | head -c $((size - seen)); fi
  seen=$size
}
follow() {
  seen=$1
  ticks=$J/run.$$.ticks
  [ -p "$ticks" ] || mkfifo "$ticks" || fail_with installer.startFailed "$J"
  exec 6<>"$ticks" 5>"$ticks" 4<"$ticks" 6>&-
  ( read -r _ <&7; echo end >&5 ) 4<&- </dev/null >/dev/null 2>&1 &
  exec 7<&-
  ( while sleep 1; do echo tick >&5 || exit 0; done ) 4<&- </dev/null >/dev/null 2>&1 &
  ticker=$!
  exec 5>&-
  quiet=0
  while read -r what <&4; do
    [ "$what" = end ] && break
    emit
    quiet=$((quiet + 1))
    [ $((quiet % 5)) = 0 ] && say alive
  done
  kill "$ticker" 2>/dev/null
  exec 4<&-
  job_state "$J"
  while [ "$state" = running ]; do sleep 1; say alive; emit; job_state "$J"; done
  emit
  case $state in none|prepared) fail_with installer.startFailed "\${launch_error:-the runner did not start}" ;; esac
  say end "$state"
}
open_alive() {
  [ -p "$J/alive" ] || mkfifo "$J/alive" "$@" 2>/dev/null || [ -p "$J/alive" ] || fail_with installer.startFailed "$J/alive"
  exec 8<>"$J/alive" 7<"$J/alive" 9>"$J/alive" 8>&-
}
`;
