import type { HostKey, JumpHost } from '../../domain/model.ts';
import type { Store } from '../store/store.ts';

const defaultPort = 22;

/** Stored host keys by address and port, kept beside the store so that an order looks up a few and not all. */
export class HostKeyIndex {
  readonly #byId = new Map<string, HostKey>();
  readonly #byPlace = new Map<string, Map<string, HostKey>>();

  constructor(store: Store) {
    for (const key of store.model.hostKeys.values()) this.#put(key);
    store.onCommitted((_seq, changes) => {
      for (const change of changes) {
        if (change.collection !== 'hostKeys') continue;
        for (const id of change.removed) this.#remove(id);
        for (const key of change.put) this.#put(key);
      }
    });
  }

  at(address: string, port: number | null): HostKey[] {
    return [...(this.#byPlace.get(place(address, port ?? defaultPort))?.values() ?? [])];
  }

  /** What is known about a device and its jump host. */
  of(device: {
    readonly address: string;
    readonly port: number | null;
    readonly jumpHost: JumpHost | null;
  }): HostKey[] {
    const own = this.at(device.address, device.port);
    return device.jumpHost ? [...own, ...this.at(device.jumpHost.address, device.jumpHost.port)] : own;
  }

  #put(key: HostKey): void {
    this.#remove(key.id);
    this.#byId.set(key.id, key);
    const name = place(key.address, key.port);
    const keys = this.#byPlace.get(name) ?? new Map<string, HostKey>();
    keys.set(key.id, key);
    this.#byPlace.set(name, keys);
  }

  #remove(id: string): void {
    const key = this.#byId.get(id);
    if (!key) return;
    this.#byId.delete(id);
    const name = place(key.address, key.port);
    const keys = this.#byPlace.get(name);
    keys?.delete(id);
    if (keys?.size === 0) this.#byPlace.delete(name);
  }
}

const place = (address: string, port: number): string => `${address.toLowerCase()}|${port}`;
