/** One delivery at a time per device, across all runs. */
export class DeviceClaims {
  readonly #holders = new Map<string, string>();
  readonly #waiters = new Map<string, Map<string, () => void>>();

  /** True: the run has the device until it releases it. False: `onFree` is called once when it is free. */
  claim(deviceId: string, runId: string, onFree: () => void): boolean {
    if (!this.#holders.has(deviceId)) {
      this.#holders.set(deviceId, runId);
      return true;
    }
    const waiters = this.#waiters.get(deviceId) ?? new Map<string, () => void>();
    waiters.set(runId, onFree);
    this.#waiters.set(deviceId, waiters);
    return false;
  }

  release(deviceId: string): void {
    this.#holders.delete(deviceId);
    const waiters = this.#waiters.get(deviceId);
    this.#waiters.delete(deviceId);
    for (const onFree of waiters?.values() ?? []) onFree();
  }

  /** The run does not wait for the device any more. */
  forget(deviceId: string, runId: string): void {
    this.#waiters.get(deviceId)?.delete(runId);
  }
}
