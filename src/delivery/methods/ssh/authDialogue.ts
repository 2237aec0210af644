import type { AnyAuthMethod, KeyboardInteractiveAuthMethod, NextAuthHandler, Prompt } from 'ssh2';
import type { Credential } from './credential.ts';

/** accepted, refused: the server judged it. notOffered: the server does not take this kind, nothing was sent. */
export type CredentialVerdict = 'accepted' | 'refused' | 'notOffered';

/**
 * The login of one connection: the credentials of one user in the order of the accounts, each shown once, a
 * password guessed once in all (as `password`, or as the answer to keyboard-interactive).
 */
export interface AuthDialogue {
  /** For ssh2's authHandler. */
  readonly handler: (
    methodsLeft: readonly string[] | null,
    isPartial: boolean | null,
    next: NextAuthHandler,
  ) => void;
  /** The credential that the server is judging now. */
  inFlight(): Credential | null;
  /** Those that were not shown yet. */
  remaining(): readonly Credential[];
  /** The connection is logged in: with what was in flight. */
  succeeded(): Credential | null;
  /** The server hung up because of too many refusals: what was in flight is refused, too. */
  hungUp(): void;
}

/**
 * @param isAllowed resolves when credentials may be sent: once a first contact's host key is stored.
 * @param onVerdict called once for each credential that was judged or passed over.
 */
export function createAuthDialogue(
  credentials: readonly Credential[],
  isAllowed: () => Promise<void>,
  onVerdict: (credential: Credential, verdict: CredentialVerdict) => void,
): AuthDialogue {
  const waiting = [...credentials];
  let current: Credential | null = null;
  let methods: readonly string[] | null = null;

  const settle = (verdict: CredentialVerdict): void => {
    if (current !== null) onVerdict(current, verdict);
    current = null;
  };

  const nextMethod = (): AnyAuthMethod | false => {
    for (;;) {
      const first = waiting[0];
      if (first === undefined) return false;
      // Costs a round trip, but tells whether a password can be shown as such: it is guessed only once.
      if (first.kind === 'password' && methods === null) return { type: 'none', username: first.user };
      current = first;
      waiting.shift();
      const method = methodFor(first, methods);
      if (method !== null) return method;
      settle('notOffered');
    }
  };

  return {
    handler: (methodsLeft, isPartial, next) => {
      // A partial success is no refusal: the server wants another kind as well.
      if (isPartial === true) current = null;
      else settle('refused');
      methods = methodsLeft;
      void isAllowed().then(
        () => next(nextMethod() as AnyAuthMethod),
        () => next(false as unknown as AnyAuthMethod),
      );
    },
    inFlight: () => current,
    remaining: () => waiting,
    succeeded: () => {
      // Nothing in flight: the server let `none` in, so the first account's user is who we are.
      current ??= waiting.shift() ?? null;
      const accepted = current;
      settle('accepted');
      return accepted;
    },
    hungUp: () => settle('refused'),
  };
}

function methodFor(credential: Credential, methods: readonly string[] | null): AnyAuthMethod | null {
  const has = (method: string): boolean => methods === null || methods.includes(method);
  const username = credential.user;
  switch (credential.kind) {
    case 'key':
      return has('publickey') ? { type: 'publickey', username, key: credential.key } : null;
    case 'agent':
      return has('publickey') ? { type: 'agent', username, agent: credential.socket } : null;
    case 'password':
      if (has('password')) return { type: 'password', username, password: credential.password };
      if (has('keyboard-interactive')) return keyboardInteractive(username, credential.password);
      return null;
  }
}

/** Answers one hidden question with the password; anything else (a code, a new password) is not answered. */
function keyboardInteractive(username: string, password: string): KeyboardInteractiveAuthMethod {
  let isGuessed = false;
  return {
    type: 'keyboard-interactive',
    username,
    prompt: (_name, _instructions, _lang, prompts: Prompt[], finish) => {
      const isPassword = !isGuessed && prompts.length === 1 && prompts[0]?.echo !== true;
      if (isPassword) isGuessed = true;
      finish(isPassword ? [password] : prompts.map(() => ''));
    },
  };
}
