import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { withoutAnswers } from '../../../src/console/terminal/answerFilter.ts';

function stream() {
  const input = new PassThrough({ encoding: 'utf8' });
  const seen: string[] = [];
  input.on('data', (chunk) => seen.push(String(chunk)));
  input.pause();
  return { input, seen };
}

describe('keys among the answers of the terminal', () => {
  it('leave an Esc alone that an answer follows', () => {
    const { input, seen } = stream();
    const restore = withoutAnswers(input);
    input.write('\u{1B}\u{1B}[0n');
    expect(input.read()).toBe('\u{1B}');
    expect(seen).toEqual(['\u{1B}\u{1B}[0n']);
    input.write('\u{1B}[0n');
    expect(input.read()).toBeNull();
    input.write('\u{1B}[A\u{1B}[0nj');
    expect(input.read()).toBe('\u{1B}[Aj');
    restore();
    input.write('\u{1B}[0n');
    expect(input.read()).toBe('\u{1B}[0n');
  });
});
