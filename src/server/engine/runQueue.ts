import { devicesOfShare, type Share } from '../../domain/share.ts';
import { waveOf } from '../../domain/waves.ts';

interface Wave {
  /** Devices that are not at their end: the next wave begins when none is left. */
  open: number;
  /** Taken before `line`: devices that were at the head already. */
  readonly first: string[];
  readonly line: string[];
  head: number;
}

/**
 * Devices of a run that wait to be started, in the run's order, wave after wave (B90). A device that is tried
 * again stands behind those of its wave that still wait. Every operation takes constant time.
 */
export class RunQueue {
  readonly #waves: Wave[] = [];
  readonly #waveOfDevice = new Map<string, Wave>();
  readonly #waiting = new Set<string>();
  #current = 0;

  /** `order` holds all devices of the run; none waits until it is put. */
  constructor(order: readonly string[], waveSize: Share | null) {
    const size = waveSize === null ? null : devicesOfShare(waveSize, order.length);
    order.forEach((deviceId, index) => {
      const number = waveOf(index, size);
      this.#waves[number] ??= { open: 0, first: [], line: [], head: 0 };
      this.#waves[number].open++;
      this.#waveOfDevice.set(deviceId, this.#waves[number]);
    });
  }

  /** The next device that may start now, or undefined. */
  take(): string | undefined {
    while (this.#current < this.#waves.length - 1 && this.#waves[this.#current]!.open === 0) this.#current++;
    const wave = this.#waves[this.#current];
    if (!wave) return undefined;
    for (;;) {
      const deviceId = wave.first.pop() ?? wave.line[wave.head++];
      if (deviceId === undefined) {
        wave.head = wave.line.length;
        return undefined;
      }
      if (this.#waiting.delete(deviceId)) return deviceId;
    }
  }

  putLast(deviceId: string): void {
    this.#waiting.add(deviceId);
    this.#waveOfDevice.get(deviceId)!.line.push(deviceId);
  }

  putFirst(deviceId: string): void {
    this.#waiting.add(deviceId);
    this.#waveOfDevice.get(deviceId)!.first.push(deviceId);
  }

  /** False when the device does not wait here. */
  remove(deviceId: string): boolean {
    return this.#waiting.delete(deviceId);
  }

  /** Takes out all that wait, of every wave. */
  drain(): string[] {
    const all = [...this.#waiting];
    this.#waiting.clear();
    return all;
  }

  /** The device has come to its end. */
  ended(deviceId: string): void {
    this.#waveOfDevice.get(deviceId)!.open--;
  }
}
