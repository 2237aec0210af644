import type { Outcome } from '../domain/failure.ts';
import type { Verification } from './followParser.ts';
import type { DetectionQuery } from './jobTypes.ts';

export interface VerifyRequest {
  readonly nonce: string;
  readonly detection: DetectionQuery;
}

export function verifyScript(_request: VerifyRequest): string {
  throw new Error('body follows');
}

export function parseVerification(_text: string, _nonce: string): Outcome<Verification> {
  throw new Error('body follows');
}
