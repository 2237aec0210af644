/**
 * Runs one attempt or readiness check where it stands: started in a lab's network by the tests. The order comes on
 * standard input (secrets have no place in arguments), what is reported goes to standard output, a line each.
 */
import { text } from 'node:stream/consumers';
import type { AttemptOrder, ReadinessOrder } from '../../src/delivery/deliveryMethod.ts';
import { sshMethod } from '../../src/delivery/methods/ssh/sshMethod.ts';

const say = (kind: string, value: unknown): void => {
  process.stdout.write(`${JSON.stringify({ kind, value })}\n`);
};
const input = JSON.parse(await text(process.stdin)) as
  | { readonly kind: 'deliver'; readonly order: AttemptOrder }
  | { readonly kind: 'check'; readonly order: ReadinessOrder };
const never = new AbortController().signal;

if (input.kind === 'check') say('checked', await sshMethod.check(input.order, never));
else {
  await sshMethod.deliver(input.order, {
    signal: never,
    killSignal: never,
    transition: async (transition) => say('transition', transition),
    progress: (sentBytes) => say('progress', sentBytes),
    activity: (code) => say('activity', code),
    log: (logged) => say('log', logged),
    hostKeySeen: async (key) => say('hostKey', key),
    rootPasswordSent: async () => {},
    accountTried: (accountId, isAccepted) => say('tried', [accountId, isAccepted]),
  });
  say('delivered', null);
}
process.exit(0);
