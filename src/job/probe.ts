import type { Outcome } from '../domain/failure.ts';
import type { DetectionQuery, DeviceProbe, JobContent } from './jobTypes.ts';

export interface ProbeRequest {
  readonly nonce: string;
  /** Programs to look for on the device's PATH. */
  readonly tools: readonly string[];
  readonly detection: DetectionQuery | null;
  readonly content: Pick<JobContent, 'sha256' | 'sizeBytes'> | null;
  readonly attemptId: string | null;
}

/** Everything the checks need to know of a device, in one round trip; writes nothing to it (B91). */
export function probeScript(_request: ProbeRequest): string {
  throw new Error('body follows');
}

/** `check.probeFailed` when the answer is not whole. */
export function parseProbe(_text: string, _nonce: string): Outcome<DeviceProbe> {
  throw new Error('body follows');
}
