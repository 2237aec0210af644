import type { Outcome } from '../domain/failure.ts';
import type { JumpHost } from '../domain/model.ts';
import { fail, ok } from '../shared/result.ts';
import { parseEndpoint } from './addressWord.ts';
import { invalid } from './deviceList.ts';

/** A ProxyJump value, `user@bastion:22`; null for `none`. A chain of several is refused. */
export function parseJump(value: string): Outcome<JumpHost | null> {
  if (value.toLowerCase() === 'none') return ok(null);
  if (value.includes(',')) return fail(invalid('jumpHost', 'oneJumpHost'));
  const endpoint = parseEndpoint(value);
  return endpoint.ok ? endpoint : fail(invalid('jumpHost', 'address'));
}
