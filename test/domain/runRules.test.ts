import { describe, expect, it } from 'vitest';
import { accountOrder } from '../../src/domain/accountOrder.ts';
import type { AttemptState } from '../../src/domain/attempt.ts';
import { chooseMethod, hasDelivery } from '../../src/domain/deliveryChoice.ts';
import type { RunDevice } from '../../src/domain/model.ts';
import { devicesToRetry } from '../../src/domain/retrySet.ts';
import { countStates, moveCount } from '../../src/domain/runCounts.ts';
import { devicesOfShare, shareOf } from '../../src/domain/share.ts';
import { stopReason, waveOf } from '../../src/domain/waves.ts';

const row = (deviceId: string, state: AttemptState) => ({ deviceId, state }) as RunDevice;
const rows = [
  row('a', 'failed'),
  row('b', 'unreachable'),
  row('c', 'notStarted'),
  row('d', 'cancelled'),
  row('e', 'restartPending'),
  row('f', 'succeeded'),
  row('g', 'installing'),
  row('h', 'failed'),
];

describe('retry sets (B88)', () => {
  it.each([
    ['failed', ['a', 'h']],
    ['unreachable', ['b']],
    ['notStarted', ['c']],
    ['cancelled', ['d']],
    ['restartPending', ['e']],
  ] as const)('%s is exactly that set', (set, expected) => {
    expect(devicesToRetry(rows, [set], [])).toEqual(expected);
  });

  it('unites sets and marked devices, each once, in the order of the run', () => {
    expect(devicesToRetry(rows, ['failed', 'cancelled'], ['f', 'a'])).toEqual(['a', 'd', 'f', 'h']);
  });

  it('leaves a marked device alone that is still at work, and takes none without a set', () => {
    expect(devicesToRetry(rows, [], ['g', 'x'])).toEqual([]);
    expect(devicesToRetry(rows, [], [])).toEqual([]);
  });
});

describe('counts', () => {
  it('leave out states without devices', () => {
    const counts = countStates(rows);
    expect(counts.failed).toBe(2);
    moveCount(counts, 'installing', 'verifying');
    expect(counts).not.toHaveProperty('installing');
    expect(counts.verifying).toBe(1);
  });
});

describe('waves and thresholds (B90)', () => {
  it('numbers waves from 0', () => {
    expect([0, 1, 2, 3, 4].map((index) => waveOf(index, 2))).toEqual([0, 0, 1, 1, 2]);
    expect(waveOf(99, null)).toBe(0);
  });

  it('stops at the number, not before', () => {
    const limits = { stopAfterFailures: 2, stopAfterUnreachable: 1 };
    expect(stopReason({ failed: 1 }, limits, 10)).toBeNull();
    expect(stopReason({ failed: 2 }, limits, 10)).toBe('stopAfterFailures');
    expect(stopReason({ unreachable: 1 }, limits, 10)).toBe('stopAfterUnreachable');
    expect(stopReason({ failed: 9 }, { stopAfterFailures: null, stopAfterUnreachable: null }, 10)).toBeNull();
  });

  it('stops at a percentage of the run, rounded up to whole devices', () => {
    const limits = { stopAfterFailures: '5%', stopAfterUnreachable: '50%' } as const;
    expect(stopReason({ failed: 1 }, limits, 21)).toBeNull();
    expect(stopReason({ failed: 2 }, limits, 21)).toBe('stopAfterFailures');
    expect(stopReason({ failed: 1 }, limits, 20)).toBe('stopAfterFailures');
    expect(stopReason({ unreachable: 10 }, limits, 20)).toBe('stopAfterUnreachable');
    expect(stopReason({ unreachable: 9 }, limits, 20)).toBeNull();
    expect(devicesOfShare('1%', 3)).toBe(1);
  });

  it.each([
    ['5', 5],
    ['１０％', '10%'],
    ['100 %', '100%'],
    ['100000', 100_000],
    ...['0', '0%', '101%', '100001', '-1', '1.5', '5%%', 'five', ''].map((text) => [text, null] as const),
  ] as const)('reads the share %j as %j', (text, share) => expect(shareOf(text)).toBe(share));
});

describe('accounts (B50)', () => {
  it('tries the one that worked first and only accounts of the task', () => {
    expect(accountOrder(['a', 'b', 'c'], { lastAccountId: 'c' })).toEqual(['c', 'a', 'b']);
    expect(accountOrder(['a', 'b'], { lastAccountId: 'x' })).toEqual(['a', 'b']);
    expect(accountOrder(['a', 'a', 'b'], { lastAccountId: null })).toEqual(['a', 'b']);
  });
});

describe('choice of delivery (B12 to B22)', () => {
  const all = { networkAgent: true, sharedFoldersServer: true, sharedFoldersDistributionPoints: true };
  const none = { networkAgent: false, sharedFoldersServer: false, sharedFoldersDistributionPoints: false };

  it('prefers the agent and falls back to OS tools (B21)', () => {
    expect(chooseMethod(all, 'linux', new Set(['ssh', 'networkAgent']))).toBe('networkAgent');
    expect(chooseMethod(all, 'linux', new Set(['ssh']))).toBe('ssh');
    expect(chooseMethod(all, 'windows', new Set(['ssh']))).toBeNull();
  });

  it('keeps to what is ticked', () => {
    expect(hasDelivery(none)).toBe(false);
    expect(chooseMethod({ ...none, networkAgent: true }, 'linux', new Set(['ssh']))).toBeNull();
    expect(chooseMethod({ ...none, sharedFoldersServer: true }, 'macos', new Set(['ssh']))).toBe('ssh');
  });
});
