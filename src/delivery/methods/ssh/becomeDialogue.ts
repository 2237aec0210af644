import type { RemoteProcess } from '../../remoteProcess.ts';
import type { BecomePassword } from './becomePassword.ts';

export interface Dialogue {
  /** Says `ready` on its standard output once it runs as root. */
  readonly shell: RemoteProcess;
  /** Where the question comes and the answer goes: the shell itself, or the terminal in front of it. */
  readonly asker: RemoteProcess;
  readonly password: BecomePassword;
  /** The marker that stands on a line of its own. */
  readonly ready: string;
  readonly timeoutMs: number;
  /** Whether these words, said since the last answer, ask for the password. */
  isQuestion(words: string): boolean;
}

export type Said =
  | { readonly kind: 'ready' }
  | { readonly kind: 'lost' }
  /** Nothing was decided in time. */
  | { readonly kind: 'silent'; readonly words: string; readonly wasAsked: boolean }
  /** Asked again, or asked while there is no password to give: one guess is all (B50). */
  | { readonly kind: 'asked' }
  | { readonly kind: 'ended'; readonly words: string; readonly wasAsked: boolean };

const mostWords = 65_536;

/** Answers the one question of sudo, doas or su; settles once. */
export function converse(dialogue: Dialogue): Promise<Said> {
  const { shell, asker, password, ready } = dialogue;
  return new Promise((resolve) => {
    let stdout = '';
    let words = '';
    let wasAsked = false;
    let isOver = false;
    const settle = (said: Said): void => {
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      password.heard(said);
      resolve(said);
    };
    const timer = setTimeout(() => settle({ kind: 'silent', words, wasAsked }), dialogue.timeoutMs);

    const onShellOutput = (chunk: Buffer): void => {
      if (isOver) return;
      stdout = (stdout + chunk.toString('latin1')).slice(-mostWords);
      if (stdout.includes(`${ready}\n`)) settle({ kind: 'ready' });
    };
    const onWords = (chunk: Buffer): void => {
      if (isOver) return;
      words = (words + chunk.toString('latin1')).slice(-mostWords);
      if (!dialogue.isQuestion(words)) return;
      if (wasAsked || password.text === null) {
        settle({ kind: 'asked' });
        return;
      }
      wasAsked = true;
      words = '';
      void password.sending().then(() => {
        if (!isOver) void asker.write(Buffer.from(`${password.text}\n`));
      });
    };
    if (asker === shell) shell.onOutput(onShellOutput, onWords);
    else {
      shell.onOutput(onShellOutput, () => {});
      asker.onOutput(onWords, onWords);
    }
    void asker.ended.then((end) =>
      settle(end.kind === 'unknown' ? { kind: 'lost' } : { kind: 'ended', words, wasAsked }),
    );
  });
}
