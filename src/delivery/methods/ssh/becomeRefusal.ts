import { type Failure, type FailureCode, failure, type Outcome } from '../../../domain/failure.ts';
import { fail } from '../../../shared/result.ts';
import type { Elevation } from './become.ts';
import type { Said } from './becomeDialogue.ts';
import { type Line, lineLost } from './line.ts';

/** What sudo, doas and su say (under LC_ALL=C) when they do not ask for a password at all. */
const sayings: readonly (readonly [RegExp, FailureCode])[] = [
  [
    /must have a tty|a terminal is required|no tty present|a tty is required|must be run from a terminal|Authorization required|Authentication required/i,
    'become.needsTerminal',
  ],
  [
    /not in the sudoers|not allowed to|may not run sudo|Operation not permitted|permission denied/i,
    'become.notPermitted',
  ],
  [/not found|No such file or directory/i, 'become.missing'],
  [
    /incorrect password|Sorry, try again|Authentication failure|Authentication failed|incorrect/i,
    'become.refused',
  ],
];

/** What a dialogue that did not end in a root shell comes to. */
export function notRoot(
  line: Line,
  elevation: Elevation,
  said: Exclude<Said, { kind: 'ready' }>,
): Outcome<never> {
  const { method, user, password } = elevation;
  if (said.kind === 'asked') return password.refusal(method, user) ?? lineLost(line);
  if (said.kind === 'ended') return fail(explainRefusal(elevation, said.words, said.wasAsked));
  const guessed = password.refusal(method, user);
  if (guessed !== null) return guessed;
  return said.kind === 'lost' ? lineLost(line) : fail(explainRefusal(elevation, said.words, said.wasAsked));
}

/** The one place that reads the words of sudo, doas and su. */
export function explainRefusal(elevation: Elevation, words: string, wasAsked: boolean): Failure {
  const { method, user } = elevation;
  const known = sayings.find(([saying]) => saying.test(words))?.[1];
  const code = known ?? (wasAsked ? 'become.refused' : 'become.notPermitted');
  // `su: permission denied` after the password is its way to say that it was wrong.
  const isWrongPassword = wasAsked && method === 'su' && code !== 'become.missing';
  return failure(isWrongPassword ? 'become.refused' : code, { method, user }, { stage: 'connect' });
}
