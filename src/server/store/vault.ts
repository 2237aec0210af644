import type { Outcome } from '../../domain/failure.ts';
import type { FileSystem } from './fileSystem.ts';

/** Secrets by record id and field, encrypted at rest (B101). */
export interface Vault {
  /** Null: no such secret. Failure vault.damaged: the stored value was tampered with. */
  get(recordId: string, field: string): Outcome<string | null>;
  /** Sets the named fields in one durable write; null removes a field, others stay. */
  put(recordId: string, secrets: Record<string, string | null>): Promise<Outcome<void>>;
  remove(recordId: string): Promise<Outcome<void>>;
}

/** vault.locked: the key is missing, unreadable or another one, while there are records. */
export declare function openVault(
  folder: string,
  options?: { keyFile?: string; fileSystem?: FileSystem },
): Promise<Outcome<Vault>>;
