/** A part of an attempt's log, from the beginning of a line to the end of one. Lines are sanitised (B102). */
export interface LogChunk {
  /** In bytes of the log: where it begins, and where the next part does. */
  readonly offset: number;
  readonly nextOffset: number;
  readonly lines: readonly string[];
}

/** A row of the screen in the log: of a line that is wrapped, which of its rows. */
export interface LogPlace {
  /** Of the lines in the window. */
  readonly line: number;
  readonly row: number;
}

/**
 * The log of one device's attempt: a window of lines that moves through the log, however long that is. What is outside is
 * read when it is wanted.
 */
export interface LogState {
  readonly deviceId: string;
  /** Place in the device's earlier attempts; null: the present one. */
  readonly earlier: number | null;
  /** The attempt whose log stands in the window; null: nothing was read yet. */
  readonly attempt: number | null;
  readonly chunks: readonly LogChunk[];
  /** Those of all chunks. */
  readonly lines: readonly string[];
  readonly sizeBytes: number;
  readonly isFollowing: boolean;
  /** The first row in sight when not following. */
  readonly top: LogPlace;
  /** Cells scrolled to the right; 0 when wrapped. */
  readonly left: number;
  readonly isWrapped: boolean;
  readonly search: LogSearch | null;
}

export interface LogSearch {
  readonly text: string;
  /** The line of the window that was found last. */
  readonly line: number | null;
}

export const noPlace: LogPlace = { line: 0, row: 0 };

export const emptyLog = (deviceId: string, earlier: number | null, isWrapped: boolean): LogState => ({
  deviceId,
  earlier,
  attempt: null,
  chunks: [],
  lines: [],
  sizeBytes: 0,
  isFollowing: true,
  top: noPlace,
  left: 0,
  isWrapped,
  search: null,
});

/** Where the window begins and ends in the log, in bytes. */
export const windowStart = ({ chunks }: LogState): number => chunks[0]?.offset ?? 0;
export const windowEnd = ({ chunks }: LogState): number => chunks.at(-1)?.nextOffset ?? 0;
