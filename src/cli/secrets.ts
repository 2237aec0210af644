import { failed, type Outcome } from '../domain/failure.ts';
import { ok } from '../shared/result.ts';
import { askSecret, canAsk } from './ask.ts';

/** A secret that a command wants: from standard input when its flag is given, else asked for on a terminal. */
export interface WantedSecret {
  readonly name: string;
  readonly isFromInput: boolean;
  readonly isAsked: boolean;
  readonly prompt: string;
}

const largestInputBytes = 1024 * 1024;

/**
 * The secrets by name, or null where none was given. Those from standard input stand there a line each, in the
 * order of `wanted`. Secrets are never options: a process list shows those (B101).
 */
export async function readSecrets(
  wanted: readonly WantedSecret[],
): Promise<Outcome<Readonly<Record<string, string | null>>>> {
  const fromInput = wanted.filter(({ isFromInput }) => isFromInput);
  const lines = fromInput.length > 0 ? await inputLines() : [];
  if (lines.length < fromInput.length)
    return failed('input.invalid', { field: 'stdin', expected: 'secretLines' });
  const secrets: Record<string, string | null> = {};
  for (const { name, isFromInput, isAsked, prompt } of wanted) {
    if (isFromInput) secrets[name] = lines[fromInput.findIndex((one) => one.name === name)]!;
    else secrets[name] = isAsked && canAsk() ? (await askSecret(prompt)) || null : null;
  }
  return ok(secrets);
}

async function inputLines(): Promise<readonly string[]> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin) {
    chunks.push(Buffer.from(chunk));
    size += chunk.length;
    if (size > largestInputBytes) break;
  }
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? [] : text.replace(/\r?\n$/, '').split(/\r?\n/);
}
