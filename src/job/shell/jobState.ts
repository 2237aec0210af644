/**
 * `job_state DIR` sets `state`: none, prepared, running, interrupted, lost, `exit N` or `timeout`.
 *
 * A job directory holds: `started`, made by a hard link, so that the lock has its content (pid, start time, boot
 * id of the runner) from the first moment; `rc`, renamed into place; `log`; `alive`, a FIFO that the runner holds
 * open for as long as it lives; `installer`, the installer's pid and start time.
 */
export const jobState = `
job_state() {
  state=none
  [ -d "$1" ] || return 0
  read_rc "$1" && return 0
  state=prepared
  [ -f "$1/started" ] || return 0
  runner=; runner_start=; runner_boot=
  read -r runner runner_start runner_boot < "$1/started"
  boot_id
  if [ "$runner_boot" != "$boot" ]; then state=interrupted; return 0; fi
  start_of "$runner"
  if [ -n "$started_at" ] && [ "$started_at" = "$runner_start" ]; then state=running; return 0; fi
  read_rc "$1" || state=lost
}
read_rc() {
  rc=
  [ -f "$1/rc" ] && read -r rc < "$1/rc"
  [ -n "$rc" ] && state=$rc
}
`;
