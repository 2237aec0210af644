import { expect, it } from 'vitest';
import { createSecretMask } from '../../src/delivery/secretMask.ts';

const masked = (secret: string, pieces: readonly string[]): string => {
  const mask = createSecretMask([secret]);
  return pieces.map((piece) => mask.push(piece)).join('') + mask.flush();
};

it('takes a key out wherever the pieces end', () => {
  const text = 'key KEY-KEY-1234 and KEY-KEY-1, KEY-KEY-1234';
  const wanted = 'key ***** and KEY-KEY-1, *****';
  for (let size = 1; size <= text.length; size++) {
    const pieces = text.match(new RegExp(`.{1,${size}}`, 'gs'))!;
    expect(masked('KEY-KEY-1234', pieces)).toBe(wanted);
  }
});

it('finds a key that begins inside of its own beginning', () => {
  expect(masked('aabaabaac', ['aab', 'aabaabaa', 'c'])).toBe('aab*****');
});

it('takes out a key file line by line, and of two the longer', () => {
  const file = 'line one of it\nline one of it, longer\r\nshort\n';
  expect(masked(file, ['> line one of it', ', longer\nshort line one of it'])).toBe('> *****\nshort *****');
});

it('holds nothing back that cannot become a key', () => {
  const mask = createSecretMask(['KEY-KEY-1234']);
  expect(mask.push('progress 10 %')).toBe('progress 10 %');
  expect(mask.push('a KEY-')).toBe('a ');
  expect(mask.push('RING\n')).toBe('KEY-RING\n');
});

it('leaves a text without secrets as it is', () => {
  expect(createSecretMask([]).push('text')).toBe('text');
});
