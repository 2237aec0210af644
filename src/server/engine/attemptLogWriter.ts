import type { AttemptLog } from '../store/attemptLog.ts';
import { openAttemptLog } from '../store/attemptLog.ts';
import type { EngineParts } from './engineParts.ts';

/** An attempt's log file, opened with the first text. A log that cannot be written never stops an attempt. */
export class AttemptLogWriter {
  readonly #parts: EngineParts;
  readonly #place: { readonly runId: string; readonly deviceId: string; readonly attempt: number };
  #log: Promise<AttemptLog | null> | null = null;

  constructor(
    parts: EngineParts,
    place: { readonly runId: string; readonly deviceId: string; readonly attempt: number },
  ) {
    this.#parts = parts;
    this.#place = place;
  }

  append(text: string): void {
    const { runId, deviceId, attempt } = this.#place;
    this.#log ??= this.#open();
    this.#log = this.#log.then(async (log) => {
      const written = await log?.append(text);
      if (written && !written.ok) this.#parts.log.error(`attempt log: ${written.failure.code}`);
      this.#parts.events.logged(runId, deviceId, attempt, text);
      return log;
    });
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
