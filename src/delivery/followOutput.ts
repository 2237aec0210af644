import type { Outcome } from '../domain/failure.ts';
import { createFollowParser, type FollowEvent, type Verification } from '../job/followParser.ts';
import type { JobEnd } from '../job/jobTypes.ts';
import { fail, ok } from '../shared/result.ts';
import type { InstallerEnd } from './deviceSession.ts';
import type { RemoteProcess } from './remoteProcess.ts';
import type { ShellSource } from './shellSource.ts';

/**
 * Reads a follower's output to the installer's end and its verification. The follower says every few seconds
 * that it is alive: silence is a dead line, only before the start may it be long (the device hashes).
 */
export function followOutput(
  process: RemoteProcess,
  nonce: string,
  onEvent: (event: FollowEvent) => void,
  source: Pick<ShellSource, 'lost'>,
  silence: { readonly untilStartedMs: number; readonly afterwardsMs: number },
): Promise<Outcome<InstallerEnd>> {
  return new Promise((resolve) => {
    const parser = createFollowParser(nonce);
    let end: JobEnd | null = null;
    let verification: Verification | null = null;
    let refusal: Outcome<never> | null = null;
    const take = (events: readonly FollowEvent[]): void => {
      for (const event of events) {
        if (event.kind === 'end') end = event.end;
        if (event.kind === 'verified') verification = event.verification;
        if (event.kind === 'failed') refusal = fail(event.failure);
        onEvent(event);
      }
    };
    let timer = setTimeout(() => process.close(), silence.untilStartedMs);
    process.onOutput(
      (chunk) => {
        clearTimeout(timer);
        timer = setTimeout(() => process.close(), silence.afterwardsMs);
        take(parser.push(chunk));
      },
      () => {},
    );
    void process.ended.then(() => {
      clearTimeout(timer);
      take(parser.finish());
      if (refusal !== null) resolve(refusal);
      else if (end !== null && verification !== null) resolve(ok({ end, verification }));
      else resolve(source.lost());
    });
  });
}
