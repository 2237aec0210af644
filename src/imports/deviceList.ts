import { type Failure, failure, type Outcome } from '../domain/failure.ts';
import type { JumpHost, Platform } from '../domain/model.ts';

/** A device as a list of another tool names it. */
export interface ImportedDevice {
  /** Where it stands in the file, from 1. */
  readonly line: number;
  readonly name: string;
  readonly address: string;
  readonly port: number | null;
  readonly user: string | null;
  readonly jumpHost: JumpHost | null;
  /** `Tokyo/Web`; null: the list does not say. */
  readonly groupPath: string | null;
  readonly platform: Platform;
}

export interface RefusedLine {
  readonly line: number;
  readonly text: string;
  readonly failure: Failure;
}

/** What a parser of a device list answers: it refuses lines, it never throws. */
export interface DeviceList {
  readonly devices: readonly ImportedDevice[];
  readonly refused: readonly RefusedLine[];
}

export const mostDevices = 100_000;
export const largestListBytes = 32 * 1024 * 1024;
const mostRefused = 10_000;
const longestExcerpt = 200;

/** `expected` is a key of the failures' texts: `failures.expected.<expected>`. */
export const invalid = (field: string, expected: string): Failure =>
  failure('input.invalid', { field, expected });

/** Collects a list in bounds; a second mention of an address and port is refused. */
export class DeviceListBuilder {
  readonly #devices: ImportedDevice[] = [];
  readonly #refused: RefusedLine[] = [];
  readonly #seen = new Set<string>();

  add(device: ImportedDevice, text: string): void {
    if (this.isFull) return;
    const key = `${device.address.toLowerCase()} ${device.port ?? ''}`;
    if (this.#seen.has(key)) {
      this.refuse(device.line, text, invalid('address', 'onlyOnce'));
      return;
    }
    this.#seen.add(key);
    this.#devices.push(device);
    if (this.isFull) this.refuse(device.line, text, invalid('devices', 'deviceLimit'));
  }

  /** What a line was read as: its devices, or why it is refused. */
  take(line: number, text: string, read: Outcome<readonly ImportedDevice[]>): void {
    if (!read.ok) this.refuse(line, text, read.failure);
    else for (const device of read.value) this.add(device, text);
  }

  refuse(line: number, text: string, reason: Failure): void {
    if (this.#refused.length < mostRefused)
      this.#refused.push({ line, text: text.slice(0, longestExcerpt), failure: reason });
  }

  get isFull(): boolean {
    return this.#devices.length >= mostDevices;
  }

  list(): DeviceList {
    return { devices: this.#devices, refused: this.#refused };
  }
}
