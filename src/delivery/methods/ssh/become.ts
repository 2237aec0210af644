import { randomBytes } from 'node:crypto';
import type { Outcome } from '../../../domain/failure.ts';
import type { BecomeMethod } from '../../../domain/model.ts';
import { bootstrapCommand } from '../../../job/bootstrap.ts';
import { quote } from '../../../job/quote.ts';
import { ok } from '../../../shared/result.ts';
import type { RemoteProcess } from '../../remoteProcess.ts';
import type { ShellWish } from '../../shellSource.ts';
import { converse } from './becomeDialogue.ts';
import type { BecomePassword } from './becomePassword.ts';
import { notRoot } from './becomeRefusal.ts';
import { openInTerminal } from './becomeTerminal.ts';
import { openProcess } from './channel.ts';
import type { Line } from './line.ts';

/** Who the scripts run as, and how the login gets there. */
export interface Elevation {
  readonly method: BecomeMethod;
  readonly user: string;
  readonly password: BecomePassword;
}

const dialogueTimeoutMs = 60_000;
const marker = (): string => `haifu-${randomBytes(16).toString('hex')}`;

/** The command that runs `inner` as root, asking on its standard error. Only sudo takes the question's words. */
const commands: Record<Exclude<BecomeMethod, 'none'>, (inner: string, question: string) => string> = {
  // -k: neither use nor leave cached credentials, so that the dialogue is the same every time.
  sudo: (inner, question) => `exec env LC_ALL=C sudo -S -k -p ${question} -- /bin/sh -c ${quote(inner)}`,
  // Without a terminal doas cannot ask: it works for `nopass` rules.
  doas: (inner) => `exec env LC_ALL=C doas -n /bin/sh -c ${quote(inner)}`,
  su: (inner) => `exec env LC_ALL=C su -s /bin/sh -c ${quote(inner)} root`,
};

/** Lines whose sudo, doas or su was found to want a terminal. */
const needTerminal = new WeakSet<Line>();

/**
 * A shell that waits for a script of exactly `scriptBytes` bytes on its standard input, as root if the elevation
 * says so. The password is written only when asked for, once, and nothing else before the shell has said that
 * it is there: with NOPASSWD a blindly written password would become the script's first line.
 */
export async function openShell(
  line: Line,
  elevation: Elevation,
  { scriptBytes, hasInput }: Pick<ShellWish, 'scriptBytes' | 'hasInput'>,
): Promise<Outcome<RemoteProcess>> {
  const blank = ' '.repeat(scriptBytes);
  if (elevation.method === 'none') return openProcess(line, bootstrapCommand(blank, { hasInput }));
  const guessed = elevation.password.refusal(elevation.method, elevation.user);
  if (guessed !== null) return guessed;
  const ready = marker();
  const inner = bootstrapCommand(blank, { hasInput, readyMarker: ready });
  if (!needTerminal.has(line)) {
    const opened = await openByPipe(line, elevation, inner, ready);
    if (opened.ok || opened.failure.code !== 'become.needsTerminal') return opened;
    needTerminal.add(line);
  }
  return openInTerminal(line, elevation, { inner, ready, timeoutMs: dialogueTimeoutMs });
}

async function openByPipe(
  line: Line,
  elevation: Elevation,
  inner: string,
  ready: string,
): Promise<Outcome<RemoteProcess>> {
  const { method, password } = elevation;
  if (method === 'none') throw new Error('nothing to become');
  const question = marker();
  const opened = await openProcess(line, commands[method](inner, question));
  if (!opened.ok) return opened;
  const shell = opened.value;
  const isQuestion: Record<Exclude<BecomeMethod, 'none'>, (words: string) => boolean> = {
    sudo: (words) => words.includes(question),
    doas: () => false,
    // su's question is whatever stands at the end of its words without a line's end.
    su: (words) => /\S[^\n]*$/.test(words),
  };
  const said = await converse({
    shell,
    asker: shell,
    password,
    ready,
    timeoutMs: dialogueTimeoutMs,
    isQuestion: isQuestion[method],
  });
  if (said.kind === 'ready') return ok(shell);
  shell.close();
  return notRoot(line, elevation, said);
}
