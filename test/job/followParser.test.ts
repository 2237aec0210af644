import { describe, expect, it } from 'vitest';
import { createFollowParser, type FollowEvent } from '../../src/job/followParser.ts';
import { newNonce } from '../../src/job/nonce.ts';

const nonce = newNonce();
const parseIn = (chunks: readonly Buffer[]): FollowEvent[] => {
  const parser = createFollowParser(nonce);
  return [...chunks.flatMap((chunk) => parser.push(chunk)), ...parser.finish()];
};
/** Log events joined, so that the cuts do not show. */
const joined = (events: readonly FollowEvent[]) => ({
  log: events.map((event) => (event.kind === 'log' ? event.text : '')).join(''),
  bytes: events.reduce((sum, event) => sum + (event.kind === 'log' ? event.bytes : 0), 0),
  others: events.filter((event) => event.kind !== 'log'),
});

const text = `[[${nonce}:started new]]
設定しています…[[${nonce}:alive ]]
[[not ours]]
[[${nonce.slice(0, 20)}[[[${nonce}:end exit 3]]
[[${nonce}:detection present 1.0]]
[[${nonce}:restartRequired 1]]
[[${nonce}:boot b]]
[[${nonce}:verified ]]
`;
const whole = {
  log: `設定しています…[[not ours]]\n[[${nonce.slice(0, 20)}[`,
  others: [
    { kind: 'started', isNew: true },
    { kind: 'alive' },
    { kind: 'end', end: { kind: 'exit', code: 3 } },
    {
      kind: 'verified',
      verification: {
        detection: { state: 'present', installedVersion: '1.0' },
        isRestartRequired: true,
        bootId: 'b',
      },
    },
  ],
};

describe('the follow parser', () => {
  const bytes = Buffer.from(text);

  it('separates log and lines, cut at every byte', () => {
    for (let at = 0; at <= bytes.length; at++) {
      const { log, others, bytes: counted } = joined(parseIn([bytes.subarray(0, at), bytes.subarray(at)]));
      expect({ log, others }).toEqual(whole);
      expect(counted).toBe(Buffer.byteLength(whole.log));
    }
  });

  it('separates them byte by byte', () => {
    const { log, others } = joined(parseIn(Array.from(bytes, (byte) => Buffer.from([byte]))));
    expect({ log, others }).toEqual(whole);
  });

  it('holds nothing back for ever: a line of ours without end is log', () => {
    const open = `[[${nonce}:end ${'x'.repeat(5000)}`;
    expect(joined(parseIn([Buffer.from(open)]))).toMatchObject({ log: open, others: [] });
  });

  it.each(['end running', 'end exit 999', 'end', 'failed vault.locked - - x', 'verified ', 'nonsense'])(
    'passes over %s',
    (inner) => {
      expect(parseIn([Buffer.from(`[[${nonce}:${inner}]]\n`)])).toEqual([]);
    },
  );

  it('gives numbers with a full disk', () => {
    expect(parseIn([Buffer.from(`[[${nonce}:failed check.diskFull 1024 4096 no room]]\n`)])).toMatchObject([
      { failure: { code: 'check.diskFull', params: { freeBytes: 1024, neededBytes: 4096 } } },
    ]);
  });
});

it('keeps no more lines of a device than a follower has to say', () => {
  const parser = createFollowParser(nonce);
  for (let round = 0; round < 100; round++) {
    expect(parser.push(Buffer.from(`[[${nonce}:x y]]\n`.repeat(1000)))).toEqual([]);
  }
  const verified = `[[${nonce}:detection present ]]\n[[${nonce}:verified ]]\n`;
  expect(parser.push(Buffer.from(verified))).toEqual([]);
});

it('hears signs of life for as long as an installer takes', () => {
  const parser = createFollowParser(nonce);
  parser.push(Buffer.from(`[[${nonce}:alive ]]\n`.repeat(5000)));
  const verified = `[[${nonce}:detection present ]]\n[[${nonce}:verified ]]\n`;
  expect(parser.push(Buffer.from(verified))).toMatchObject([{ kind: 'verified' }]);
});
