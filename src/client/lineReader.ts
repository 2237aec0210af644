/** Cuts a byte stream into its lines. A line of many chunks is joined once, not once a chunk. */
export class LineReader {
  #parts: Buffer[] = [];

  /** The lines that `chunk` has ended, without their line breaks. */
  push(chunk: Buffer): string[] {
    const lines: string[] = [];
    let from = 0;
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, from)) {
      this.#parts.push(chunk.subarray(from, at));
      lines.push(Buffer.concat(this.#parts).toString('utf8'));
      this.#parts = [];
      from = at + 1;
    }
    if (from < chunk.length) this.#parts.push(chunk.subarray(from));
    return lines;
  }
}
