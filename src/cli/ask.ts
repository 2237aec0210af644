import { createInterface } from 'node:readline';
import { failed, type Outcome } from '../domain/failure.ts';
import { ok } from '../shared/result.ts';
import type { CommandContext } from './program/context.ts';

/** True when there is somebody to ask. Questions go to standard error, so that results stay clean. */
export const canAsk = (): boolean => process.stdin.isTTY === true && process.stderr.isTTY === true;

/** B100 and whatever cannot be undone: yes on the terminal, or `--yes`; else `input.confirmationMissing`. */
export async function confirm(
  context: CommandContext,
  question: string,
  isGiven: boolean,
): Promise<Outcome<null>> {
  if (isGiven) return ok(null);
  if (!canAsk()) return failed('input.confirmationMissing');
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  // Ctrl-C belongs to the program, not to the line editor.
  lines.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  const answer = await new Promise<string>((resolve) => {
    lines.once('close', () => resolve(''));
    lines.question(`${question} ${context.t('cli.ask.yesNo')} `, resolve);
  });
  lines.close();
  return /^(y|yes|はい|ｙ)$/i.test(answer.trim()) ? ok(null) : failed('input.confirmationMissing');
}

/** A line typed without echo. */
export function askSecret(prompt: string): Promise<string> {
  const { stdin, stderr } = process;
  return new Promise((resolve) => {
    let typed = '';
    const end = () => {
      stdin.off('data', take);
      stdin.setRawMode(false);
      stdin.pause();
      stderr.write('\n');
    };
    const take = (chunk: string) => {
      for (const character of chunk) {
        if (character === '\r' || character === '\n') {
          end();
          return resolve(typed);
        }
        if (character === '\u0003') {
          end();
          process.kill(process.pid, 'SIGINT');
          return;
        }
        if (character === '\u007f' || character === '\b') typed = [...typed].slice(0, -1).join('');
        else if (character === '\u0015') typed = '';
        else if (character >= ' ') typed += character;
      }
    };
    stdin.setRawMode(true);
    stdin.setEncoding('utf8');
    stdin.on('data', take);
    stdin.resume();
    // Only now: what is typed ahead of the prompt's last letter must not be echoed either.
    stderr.write(`${prompt}: `);
  });
}
