import { jobDirectory } from './paths.ts';
import { reportedValue, reportLines } from './report.ts';
import { jobState } from './shell/jobState.ts';
import { script } from './shell/prelude.ts';
import { endGroup } from './shell/runner.ts';

export interface StopRequest {
  readonly nonce: string;
  readonly attemptId: string;
  /** Seconds between TERM and KILL. */
  readonly graceSeconds: number;
}

/**
 * Ends a running installer with everything it started in its process group (B87 `kill`). Where none was started
 * it takes the runner's lock itself, so that none can be. The runner lives on and records the end.
 */
export function stopScript({ nonce, attemptId, graceSeconds }: StopRequest): string {
  return script(
    nonce,
    `J=${jobDirectory(attemptId)}
${jobState}${endGroup}
job_state "$J"
if [ "$state" = none ] || [ "$state" = prepared ]; then
  private_dirs "$S" "$S/jobs" "$J"
  boot_id
  echo "0 stopped $boot" > "$J/stopped.$$" && ln "$J/stopped.$$" "$J/started" 2>/dev/null && taken=1
  rm -f "$J/stopped.$$"
  [ -n "\${taken:-}" ] && { say stopped notStarted; exit 0; }
  job_state "$J"
fi
[ "$state" = running ] || { say stopped alreadyEnded; exit 0; }
waited=0
until [ -s "$J/installer" ]; do
  waited=$((waited + 1)); [ $waited -le 50 ] || break
  sleep 0.1 2>/dev/null || sleep 1
done
read -r installer installer_start < "$J/installer" || exit 0
start_of "$installer"
[ -n "$started_at" ] && [ "$started_at" = "$installer_start" ] && end_group "$installer" ${Math.trunc(graceSeconds)}
waited=0
while [ "$state" = running ] && [ $waited -lt 100 ]; do
  waited=$((waited + 1)); sleep 0.1 2>/dev/null || sleep 1
  job_state "$J"
done
[ "$state" = running ] || say stopped stopped
`,
  );
}

/** notStarted: there was no installer, and now none can be started for this attempt any more. */
export type StopAnswer = 'stopped' | 'alreadyEnded' | 'notStarted' | 'unknown';

export function parseStopped(text: string, nonce: string): StopAnswer {
  const value = reportedValue(reportLines(text, nonce), 'stopped');
  return value === 'stopped' || value === 'alreadyEnded' || value === 'notStarted' ? value : 'unknown';
}
