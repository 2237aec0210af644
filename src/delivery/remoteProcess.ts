/** How a command on a device ended. unknown: the line was lost, or the device did not say. */
export type ProcessEnd =
  | { readonly kind: 'code'; readonly code: number }
  | { readonly kind: 'signal'; readonly signal: string }
  | { readonly kind: 'unknown' };

/** A command that runs on a device, whatever carries it. */
export interface RemoteProcess {
  /**
   * From now on the output goes there, first what came before the first call (its first 64 KiB); both are drained
   * also before and without it.
   */
  onOutput(stdout: (chunk: Buffer) => void, stderr: (chunk: Buffer) => void): void;
  /** Resolves when there is room for more; false: the process has ended or the line is lost. */
  write(chunk: Buffer): Promise<boolean>;
  endInput(): void;
  /** Resolves once, after all output. Never rejects. */
  readonly ended: Promise<ProcessEnd>;
  /** Closes it from here; what it started detached goes on. */
  close(): void;
}
