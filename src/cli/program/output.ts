import type { WriteStream } from 'node:tty';
import { jsonText } from './jsonText.ts';

type Stream = NodeJS.WriteStream;

/**
 * Where a command's words go: a person's to standard output, or to standard error when standard output carries
 * JSON. A reader that has gone away (`| head`) is no error.
 */
export class Output {
  /** True while something else than the output matters (a run is being watched). */
  isPatient = false;
  readonly #json: boolean;
  #isBroken = false;

  constructor(isJson: boolean) {
    this.#json = isJson;
    process.stdout.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      this.#isBroken = true;
      if (!this.isPatient) process.exit(0);
    });
    process.stderr.on('error', () => {
      // Nobody is left to be told.
    });
  }

  /** The stream that a person reads. */
  get people(): Stream {
    return this.#json ? process.stderr : process.stdout;
  }

  get isTerminal(): boolean {
    return this.people.isTTY === true && process.env.TERM !== 'dumb';
  }

  get columns(): number {
    return (this.people as WriteStream).columns || 80;
  }

  get rows(): number {
    return (this.people as WriteStream).rows || 24;
  }

  /** Calls when the terminal has got another size; answers how to stop that. */
  onResize(listener: () => void): () => void {
    const { people } = this;
    people.on('resize', listener);
    return () => people.off('resize', listener);
  }

  /** Text for people; sanitised by whoever made it. */
  line(text = ''): void {
    this.raw(`${text}\n`);
  }

  raw(text: string): void {
    if (!this.#isBroken || this.#json) this.people.write(text);
  }

  /** Text for people that is no result: hints, warnings. */
  note(text: string): void {
    process.stderr.write(`${text}\n`);
  }

  /** One JSON document on a line of its own, when JSON was asked for. */
  json(document: unknown): void {
    if (this.#json && !this.#isBroken) process.stdout.write(`${jsonText(document)}\n`);
  }
}
