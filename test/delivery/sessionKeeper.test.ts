import { describe, expect, it } from 'vitest';
import type { DeviceSession } from '../../src/delivery/deviceSession.ts';
import { createSessionKeeper } from '../../src/delivery/sessionKeeper.ts';
import { failed, type Outcome } from '../../src/domain/failure.ts';
import { ok } from '../../src/shared/result.ts';

describe('the keeper of an attempt’s session', () => {
  it('closes a connection that is made when nobody waits for it any more', async () => {
    const connection = Promise.withResolvers<Outcome<DeviceSession>>();
    const closed = Promise.withResolvers<string>();
    const session = {
      closed: new AbortController().signal,
      close: () => closed.resolve('closed'),
    } as unknown as DeviceSession;
    const keeper = createSessionKeeper({ open: () => connection.promise }, () => {});
    const { signal } = new AbortController();
    const overAt = performance.now() + 5;
    const used = await keeper.use({ until: () => overAt, signal, overAt }, async () => ok('used'));
    expect(used).toEqual(failed('device.tooSlow'));
    keeper.drop();
    connection.resolve(ok(session));
    expect(await closed.promise).toBe('closed');
    expect(keeper.current()).toBe(null);
  });
});
