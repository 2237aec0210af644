import { failed } from '../../../domain/failure.ts';
import type { BecomeMethod } from '../../../domain/model.ts';
import type { Said } from './becomeDialogue.ts';

/**
 * What is known of the password for sudo, doas or su on one device, over all lines of an attempt (B50, lockout
 * guard). unanswered: it was sent and nobody heard the verdict, which is as good as a wrong guess.
 */
export class BecomePassword {
  readonly text: string | null;
  readonly #onFirst: () => Promise<void>;
  #state: 'unproven' | 'unanswered' | 'refused' | 'proven';

  /** @param onFirst awaited before a password goes out of which nothing is known */
  constructor(
    text: string | null,
    known: 'unanswered' | 'proven' | null = null,
    onFirst: () => Promise<void> = async () => {},
  ) {
    this.text = text;
    this.#state = known ?? 'unproven';
    this.#onFirst = onFirst;
  }

  /** Resolves when the password may go out. */
  async sending(): Promise<void> {
    if (this.#state !== 'unproven') return;
    this.#state = 'unanswered';
    await this.#onFirst();
  }

  heard({ kind }: Said): void {
    if (kind === 'ready' && this.#state === 'unanswered') this.#state = 'proven';
    if (kind === 'asked' || (kind === 'ended' && this.#state === 'unanswered')) this.#state = 'refused';
  }

  /** Why it must not be sent; null: it may. A proven one may be sent as often as it is asked for. */
  refusal(method: BecomeMethod, user: string) {
    switch (this.#state) {
      case 'unanswered':
        return failed('become.unanswered', { method, user }, { stage: 'connect' });
      case 'refused':
        return failed('become.refused', { method, user }, { stage: 'connect' });
      default:
        return null;
    }
  }
}
