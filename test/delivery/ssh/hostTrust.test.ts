import { describe, expect, it } from 'vitest';
import type { HostTrust } from '../../../src/delivery/deliveryMethod.ts';
import { judgeHostKey, knownKeysOf } from '../../../src/delivery/methods/ssh/hostTrust.ts';
import { parseKnownHosts } from '../../../src/delivery/methods/ssh/knownHosts.ts';

/** A public key's blob of the type, and its known_hosts words. */
function key(type: string, body: string) {
  const blob = Buffer.concat([Buffer.from([0, 0, 0, type.length]), Buffer.from(type + body)]);
  return { blob, type, base64: blob.toString('base64'), words: `${type} ${blob.toString('base64')}` };
}
const ed = key('ssh-ed25519', 'one');
const otherEd = key('ssh-ed25519', 'two');
const rsa = key('ssh-rsa', 'three');

const pin = (of: typeof ed, state: 'trusted' | 'pending' | 'changed', address = 'web1') =>
  ({ address, port: 22, keyType: of.type, key: of.base64, state }) as const;

function verdict(
  shown: typeof ed,
  { known = '', isComplete = true, ...trust }: Partial<HostTrust> & { known?: string; isComplete?: boolean },
) {
  const { lines } = parseKnownHosts(known);
  const keys = knownKeysOf(
    'web1',
    22,
    { policy: 'strict', pins: [], knownHostsFiles: [], ...trust },
    { lines, isComplete },
  );
  return judgeHostKey(keys, shown.blob);
}

describe('the verdict on a host key', () => {
  it.each([
    ['first contact under strict', verdict(ed, {}), 'unknown'],
    ['first contact under acceptNew', verdict(ed, { policy: 'acceptNew' }), 'accepted'],
    [
      'first contact while a known_hosts file cannot be read',
      verdict(ed, { policy: 'acceptNew', isComplete: false }),
      'unknown',
    ],
    ['pinned', verdict(ed, { pins: [pin(ed, 'trusted')] }), 'trusted'],
    ['in known_hosts', verdict(ed, { known: `web1 ${ed.words}` }), 'trusted'],
    [
      'another key of the type',
      verdict(otherEd, { policy: 'acceptNew', pins: [pin(ed, 'trusted')] }),
      'changed',
    ],
    ['another type', verdict(rsa, { policy: 'acceptNew', known: `web1 ${ed.words}` }), 'changed'],
    ['one of several', verdict(rsa, { known: `web1 ${ed.words}\nweb1 ${rsa.words}` }), 'trusted'],
    ['only pending', verdict(ed, { pins: [pin(ed, 'pending')] }), 'unknown'],
    [
      'seen as changed before',
      verdict(otherEd, { pins: [pin(ed, 'trusted'), pin(otherEd, 'changed')] }),
      'changed',
    ],
    ['revoked', verdict(ed, { policy: 'acceptNew', known: `@revoked web1 ${ed.words}` }), 'revoked'],
    [
      'pinned and revoked',
      verdict(ed, { pins: [pin(ed, 'trusted')], known: `@revoked * ${ed.words}` }),
      'revoked',
    ],
    [
      'a new key of a host whose old one is revoked',
      verdict(otherEd, { policy: 'acceptNew', known: `@revoked web1 ${ed.words}` }),
      'unknown',
    ],
    [
      'a certificate authority is no pinned key',
      verdict(ed, { policy: 'strict', known: `@cert-authority web1 ${ed.words}` }),
      'unknown',
    ],
    ['the pin of another host', verdict(ed, { pins: [pin(ed, 'trusted', 'web2')] }), 'unknown'],
  ])('%s', (_name, actual, expected) => {
    expect(actual).toBe(expected);
  });
});
