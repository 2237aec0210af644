import type { RunDevice } from '../../domain/model.ts';

/** What the engine says about live runs, already durable where it is a transition. */
export interface RunEvents {
  rowChanged(runId: string, row: RunDevice): void;
  progressed(runId: string, deviceId: string, sentBytes: number, totalBytes: number): void;
  logged(runId: string, deviceId: string, attempt: number, text: string): void;
}
