/**
 * Cuts a byte stream into lines of at most `maxBytes`. Joining and searching the whole line at each chunk would take
 * 20 s of CPU for 30 MB; this takes time in proportion to what arrives.
 */
export class LineReader {
  readonly #maxBytes: number;
  #parts: Buffer[] = [];
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** The lines that `chunk` has ended; null once one is too long: where the next begins is not known any more. */
  push(chunk: Buffer): string[] | null {
    const lines: string[] = [];
    let from = 0;
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, from)) {
      if (!this.#keep(chunk.subarray(from, at))) return null;
      lines.push(Buffer.concat(this.#parts).toString('utf8'));
      this.#parts = [];
      this.#bytes = 0;
      from = at + 1;
    }
    return this.#keep(chunk.subarray(from)) ? lines : null;
  }

  #keep(part: Buffer): boolean {
    this.#bytes += part.length;
    if (this.#bytes > this.#maxBytes) return false;
    if (part.length > 0) this.#parts.push(part);
    return true;
  }
}
