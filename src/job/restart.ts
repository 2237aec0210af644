import { failed, type Outcome } from '../domain/failure.ts';
import type { RestartOption } from '../domain/model.ts';
import { ok } from '../shared/result.ts';
import { hex, jobDirectory } from './paths.ts';
import { parseCount, parseFailure, reportedValue, reportLines } from './report.ts';
import { launchDetached } from './shell/launch.ts';
import { prelude, script, statePlace } from './shell/prelude.ts';
import { restartPlace } from './shell/restartPlace.ts';
import { restartFunctions, restartRunner } from './shell/restartRunner.ts';

export interface RestartRequest {
  readonly nonce: string;
  readonly attemptId: string;
  /** kind `restart` or `promptUser`. */
  readonly option: RestartOption;
}

export type RestartStatus =
  /** Users were asked; at the latest at `untilEpochSeconds` (the device's clock) it restarts. */
  | { readonly kind: 'waitingForUser'; readonly untilEpochSeconds: number; readonly secondsLeft: number }
  /** The restart command was given or is about to be. */
  | { readonly kind: 'restarting' }
  /** The device has restarted since the phase began. */
  | { readonly kind: 'restarted'; readonly bootId: string };

/**
 * Begins the restart phase (detached, once per attempt and boot) and prints its status; run it again to ask. A
 * device has one phase: while another attempt's goes on, this one joins it. A `later` of a user moves
 * `untilEpochSeconds`, by longestPostponementMinutes in all.
 */
export function restartScript({ nonce, attemptId, option }: RestartRequest): string {
  return script(
    nonce,
    `id=${hex(attemptId, 32)}; J=${jobDirectory(attemptId)}
${restartPlace}${launchDetached}
private_dirs "$S" "$S/jobs" "$J" || why_not "$problem" restart.notPermitted
boot_id
begun=
[ -f "$J/restart" ] && read -r begun < "$J/restart"
if [ -n "$begun" ] && [ "$begun" != "$boot" ]; then tell restarted "$boot"; exit 0; fi
restart_state
if [ "$phase" = none ]; then
  rm -f -- "$J/restartFailed" "$D/owner" "$D/status"
  cat > "$J/restartRunner" <<'end_${nonce}'
${prelude}${statePlace}${restartPlace}${restartFunctions}${restartRunner(option)}
end_${nonce}
  echo "$boot" > "$J/restart.new" && sync_files "$J/restart.new" && mv -f "$J/restart.new" "$J/restart" || why_not "$(head -c 65536 /dev/zero 2>&1 > "$J/restart.new")" restart.notPermitted
  launch_detached restart "$J/restartRunner" "$J" "$S" "$D"
  waited=0
  while [ ! -f "$J/restartFailed" ] && [ "$phase" = none ] && [ $waited -lt 200 ]; do
    waited=$((waited + 1)); sleep 0.05 2>/dev/null || sleep 1
    restart_state
  done
fi
[ ! -f "$J/restartFailed" ] || fail_with restart.notPermitted "$(head -c 256 "$J/restartFailed")"
case $phase in
  waiting) uptime_now; left=$((deadline - now)); [ $left -ge 0 ] || left=0; say waiting $left $(( $(date +%s) + left )) ;;
  *) say restarting ;;
esac
`,
  );
}

/** `restart.notPermitted` with the device's reason when it cannot. */
export function parseRestart(text: string, nonce: string): Outcome<RestartStatus> {
  const lines = reportLines(text, nonce);
  const bootId = reportedValue(lines, 'restarted');
  if (bootId !== null) return ok({ kind: 'restarted', bootId: bootId.slice(0, 64) });
  if (reportedValue(lines, 'restarting') !== null) return ok({ kind: 'restarting' });
  const [left, until] = (reportedValue(lines, 'waiting') ?? '').split(' ').map(parseCount);
  if (left != null && until != null)
    return ok({ kind: 'waitingForUser', secondsLeft: left, untilEpochSeconds: until });
  const reason = parseFailure(reportedValue(lines, 'failed'));
  if (reason !== null) return { ok: false, failure: { ...reason, stage: 'restart' } };
  return failed('check.probeFailed', { detail: '' }, { stage: 'restart', isRetryable: true });
}
