/**
 * `launch` starts the runner detached, from its own folder `$R`. Under systemd it gets a unit of its own, which
 * outlives the login's session; KillMode=process leaves alone what an installer leaves running. File descriptor 9
 * holds `alive` open until the runner has it.
 */
export const launchShell = `
launch() {
  launched=
  if [ -d /run/systemd/system ] && [ "$(id -u)" = 0 ] && command -v systemd-run >/dev/null 2>&1; then
    launch_error=$(systemd-run --quiet --collect --unit="haifu-$id-$$" --property=KillMode=process \\
      --property=SendSIGHUP=no \${HAIFU_BOOT_ID_FILE:+--setenv=HAIFU_BOOT_ID_FILE="$HAIFU_BOOT_ID_FILE"} \\
      /bin/sh "$R/runner" "$J" "$S" "$R" </dev/null 2>&1 7<&- 9>&- | plain) && await_start && launched=yes
  fi
  [ -n "$launched" ] || launch_detached
}
launch_detached() {
  if command -v setsid >/dev/null 2>&1; then
    setsid /bin/sh "$R/runner" "$J" "$S" "$R" </dev/null >/dev/null 2>&1 7<&- &
  else
    ( trap '' HUP; exec /bin/sh "$R/runner" "$J" "$S" "$R" </dev/null >/dev/null 2>&1 7<&- ) &
  fi
}
await_start() {
  waited=0
  until [ -f "$J/started" ]; do
    waited=$((waited + 1))
    [ $waited -le 100 ] || return 1
    sleep 0.05 2>/dev/null || sleep 1
  done
}
`;
