import type { Run, RunDevice } from '../../domain/model.ts';

/** What a display is told while a run goes on. */
export interface RunProgress {
  /**
   * Devices as they are now, before anything is reported. `isNew`: this command has started the run, so that nobody
   * was told of those that have ended already.
   */
  begun(run: Run, devices: readonly RunDevice[], isNew: boolean): void;
  /** A device has come to an end state. */
  deviceEnded(device: RunDevice): void;
  /** Something moved. `devices` is the live map. */
  changed(run: Run, devices: ReadonlyMap<string, RunDevice>): void;
  /** Leaves the terminal as it was, before a summary or a farewell is written. */
  ended(): void;
}
