/** Devices of a run that wait, but not in its queue: for another run's delivery, or for some time to pass. */
export class WaitingAside {
  readonly #devices = new Map<string, NodeJS.Timeout | null>();

  /** Until `take` or `remove`. */
  put(deviceId: string): void {
    this.#devices.set(deviceId, null);
  }

  putFor(deviceId: string, waitMs: number, onOver: () => void): void {
    const timer = setTimeout(() => {
      if (this.remove(deviceId)) onOver();
    }, waitMs);
    this.#devices.set(deviceId, timer);
  }

  /** False when the device does not wait here. */
  remove(deviceId: string): boolean {
    clearTimeout(this.#devices.get(deviceId) ?? undefined);
    return this.#devices.delete(deviceId);
  }

  all(): string[] {
    return [...this.#devices.keys()];
  }

  close(): void {
    for (const deviceId of this.all()) this.remove(deviceId);
  }
}
