/**
 * `launch_detached NAME FILE ARGUMENT…` runs a shell file outside the login's session. Under systemd it gets a unit
 * of its own (`launched=unit`: it runs, but need not have begun), since logind may end what is left of a session;
 * KillMode=process leaves alone what an installer leaves running. File descriptor 7 is not passed on.
 */
export const launchDetached = `
launch_detached() {
  unit=haifu-$id-$1-$$; shift
  launched=process; launch_error=
  if [ -d "\${HAIFU_RUN_DIR:-/run}/systemd/system" ] && [ "$(id -u)" = 0 ] && command -v systemd-run >/dev/null 2>&1; then
    launch_error=$(systemd-run --quiet --collect --unit="$unit" --property=KillMode=process \\
      --property=SendSIGHUP=no --setenv=PATH="$PATH" /bin/sh "$@" </dev/null 2>&1 7<&- 9>&-) && launched=unit
  fi
  [ $launched = process ] || return 0
  if command -v setsid >/dev/null 2>&1; then
    setsid /bin/sh "$@" </dev/null >/dev/null 2>&1 7<&- &
  else
    ( trap '' HUP; exec /bin/sh "$@" </dev/null >/dev/null 2>&1 7<&- ) &
  fi
}
`;

/** Waits for a unit's runner to have taken its lock: it does not inherit the descriptor that holds \`alive\`. */
export const awaitStart = `
await_start() {
  waited=0
  until [ "$launched" = process ] || [ -f "$J/started" ] || [ $waited -gt 200 ]; do
    waited=$((waited + 1))
    sleep 0.05 2>/dev/null || sleep 1
  done
}
`;
