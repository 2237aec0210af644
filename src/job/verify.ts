import { failed, type Outcome } from '../domain/failure.ts';
import { ok } from '../shared/result.ts';
import type { Verification } from './followParser.ts';
import type { DetectionQuery } from './jobTypes.ts';
import { parseDetection, type ReportLine, reportedValue, reportLines } from './report.ts';
import { detectionShell } from './shell/detection.ts';
import { script } from './shell/prelude.ts';
import { restartRequiredShell } from './shell/restartRequired.ts';

export interface VerifyRequest {
  readonly nonce: string;
  readonly detection: DetectionQuery;
}

/** Asks the detection rule and whether a restart is pending; writes nothing. */
export const verifyScript = ({ nonce, detection }: VerifyRequest): string =>
  script(nonce, `${detectionShell(detection)}${restartRequiredShell}say verified\n`);

export function parseVerification(text: string, nonce: string): Outcome<Verification> {
  const verification = readVerification(reportLines(text, nonce));
  if (verification !== null) return ok(verification);
  return failed('check.probeFailed', { detail: '' }, { stage: 'verify', isRetryable: true });
}

/** Null until all its lines are there. */
export function readVerification(lines: readonly ReportLine[]): Verification | null {
  const detection = parseDetection(reportedValue(lines, 'detection'));
  const boot = reportedValue(lines, 'boot');
  if (detection === null || reportedValue(lines, 'verified') === null) return null;
  return {
    detection,
    isRestartRequired: reportedValue(lines, 'restartRequired') === '1',
    bootId: boot === null || boot === '-' ? null : boot.slice(0, 64),
  };
}
