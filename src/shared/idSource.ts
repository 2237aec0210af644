import { randomBytes } from 'node:crypto';

/** Where ids come from: injected, so that tests are repeatable. */
export interface IdSource {
  /** An entity's id: the prefix, a dash and 80 random bits in lower-case hex (`dev-3f…`). */
  entityId(prefix: string): string;
  /** An attempt's id: 128 random bits in lower-case hex. It names the job directory on the device. */
  attemptId(): string;
}

export const randomIds: IdSource = {
  entityId: (prefix) => `${prefix}-${randomBytes(10).toString('hex')}`,
  attemptId: () => randomBytes(16).toString('hex'),
};
