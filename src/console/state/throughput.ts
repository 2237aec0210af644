/** Bytes that arrived on the devices of a run, second by second, as far as this console has watched. */
export interface Throughput {
  /** Seconds since the epoch of the newest figure. */
  readonly second: number;
  /** One figure a second, the newest last, at most `keptSeconds`; nothing from before this console watched. */
  readonly bytes: readonly number[];
}

export const keptSeconds = 60;
const secondOf = (iso: string): number => Math.floor(Date.parse(iso) / 1000);

export const startThroughput = (at: string): Throughput => ({
  second: secondOf(at),
  bytes: [0],
});

/** With seconds of silence in between, and `moved` bytes in the newest one. */
export function withBytes(throughput: Throughput, at: string, moved: number): Throughput {
  const ahead = secondOf(at) - throughput.second;
  if (ahead <= 0) {
    if (moved === 0) return throughput;
    const bytes = [...throughput.bytes.slice(0, -1), (throughput.bytes.at(-1) ?? 0) + moved];
    return { ...throughput, bytes };
  }
  const silence = new Array<number>(Math.min(ahead - 1, keptSeconds)).fill(0);
  const bytes = [...throughput.bytes, ...silence, moved].slice(-keptSeconds);
  return { ...throughput, second: throughput.second + ahead, bytes };
}

const averagedSeconds = 5;

/** The mean of the last whole seconds: the present one is not over. Null: no second has passed yet. */
export function bytesPerSecond({ bytes }: Throughput): number | null {
  const whole = bytes.slice(0, -1).slice(-averagedSeconds);
  return whole.length === 0 ? null : whole.reduce((sum, one) => sum + one, 0) / whole.length;
}
