/** What a terminal answers to the question for its state (DSR, ECMA-48): drawGate.ts asks it. */
const answer = '\u{1B}[0n';

interface Readable {
  read(size?: number): unknown;
}

/**
 * Who reads the keys gets them without the terminal's answers: an Esc that is followed by one within the same moment would
 * be taken for the beginning of a longer key and be lost. Listeners of `data` still see everything. Answers the way
 * back.
 */
export function withoutAnswers(input: Readable): () => void {
  const read = input.read;
  input.read = (size) => {
    for (;;) {
      const chunk: unknown = read.call(input, size);
      if (typeof chunk !== 'string' || !chunk.includes(answer)) return chunk;
      const keys = chunk.replaceAll(answer, '');
      // Nothing but answers: an empty text would count as input.
      if (keys !== '') return keys;
    }
  };
  return () => {
    input.read = read;
  };
}
