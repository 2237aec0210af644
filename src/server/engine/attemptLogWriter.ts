import type { AttemptLog } from '../store/attemptLog.ts';
import { openAttemptLog } from '../store/attemptLog.ts';
import type { EngineParts } from './engineParts.ts';

/** An attempt's log file, opened with the first text. A log that cannot be written never stops an attempt. */
export class AttemptLogWriter {
  readonly #parts: EngineParts;
  readonly #place: { readonly runId: string; readonly deviceId: string; readonly attempt: number };
  #log: Promise<AttemptLog | null> | null = null;
  /** Where the replay of what the log has already stands; null: everything is new. */
  #replayAt: number | null = 0;

  constructor(
    parts: EngineParts,
    place: { readonly runId: string; readonly deviceId: string; readonly attempt: number },
  ) {
    this.#parts = parts;
    this.#place = place;
  }

  /** Another worker takes the attempt up: it reads the installer's log from its beginning. */
  expectReplay(): void {
    this.#log =
      this.#log?.then((log) => {
        this.#replayAt = 0;
        return log;
      }) ?? null;
  }

  append(text: string): void {
    const { runId, deviceId, attempt } = this.#place;
    this.#log ??= this.#open();
    this.#log = this.#log.then(async (log) => {
      const fresh = log === null ? text : await this.#newPart(log, text);
      if (fresh === '') return log;
      const written = await log?.append(fresh);
      if (written && !written.ok) this.#parts.log.error(`attempt log: ${written.failure.code}`);
      this.#parts.events.logged(runId, deviceId, attempt, fresh);
      return log;
    });
  }

  /** What the log does not have yet. A replay that differs is no replay: nothing of it is lost. */
  async #newPart(log: AttemptLog, text: string): Promise<string> {
    if (this.#replayAt === null) return text;
    const bytes = Buffer.from(text);
    const known = await log.countKnown(this.#replayAt, text);
    this.#replayAt = known === bytes.length ? this.#replayAt + known : null;
    return bytes.subarray(known).toString();
  }

  async close(): Promise<void> {
    const log = await this.#log;
    this.#log = null;
    await log?.close();
  }

  async #open(): Promise<AttemptLog | null> {
    const { runId, deviceId, attempt } = this.#place;
    const opened = await openAttemptLog(this.#parts.dataFolder, runId, deviceId, attempt);
    if (opened.ok) return opened.value;
    this.#parts.log.error(`attempt log: ${opened.failure.code}`);
    return null;
  }
}
