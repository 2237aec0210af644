import { join } from 'node:path';
import { failed, type Outcome } from '../../domain/failure.ts';
import { fail, ok } from '../../shared/result.ts';
import { readWhole, replaceDurably } from './durableFile.ts';
import { type FileSystem, realFileSystem } from './fileSystem.ts';
import {
  isAuthentic,
  macOf,
  seal,
  unseal,
  type VaultFile,
  type VaultRecords,
  vaultFileSchema,
} from './vaultFormat.ts';
import { createVaultKey, readVaultKey, type VaultKey, vaultKeyFile } from './vaultKey.ts';
import { damaged, readFailure, writeFailure } from './writeFailure.ts';

/** Secrets by record id and field, encrypted at rest (B101). */
export interface Vault {
  /** Null: no such secret. Failure vault.damaged: the stored value was tampered with. */
  get(recordId: string, field: string): Outcome<string | null>;
  /** Sets the named fields in one durable write; null removes a field, others stay. */
  put(recordId: string, secrets: Readonly<Record<string, string | null>>): Promise<Outcome<void>>;
  /** Removing what is not there is no failure. */
  remove(recordId: string): Promise<Outcome<void>>;
}

export interface VaultOptions {
  /** Instead of the file that HAIFU_VAULT_KEY_FILE names, or vault.key in the folder. */
  keyFile?: string;
  fileSystem?: FileSystem;
}

const vaultFile = 'vault.json';

/**
 * Opens the vault of a locked data folder; makes the key when there are no secrets yet. vault.locked: the key is
 * missing, unusable or another one while there are secrets. store.damaged: vault.json is no vault.
 */
export async function openVault(folder: string, options: VaultOptions = {}): Promise<Outcome<Vault>> {
  const { keyFile = vaultKeyFile(folder), fileSystem = realFileSystem } = options;
  const content = await readVaultFile(fileSystem, folder);
  if (!content.ok) return content;
  const key = await openKey(fileSystem, keyFile, content.value);
  if (!key.ok) return key;
  return ok(new FileVault(fileSystem, folder, key.value, content.value));
}

async function readVaultFile(fs: FileSystem, folder: string): Promise<Outcome<VaultFile | null>> {
  try {
    const content = await readWhole(fs, join(folder, vaultFile));
    if (content === null) return ok(null);
    const parsed = vaultFileSchema.safeParse(JSON.parse(content.bytes.toString()));
    return parsed.success
      ? ok(parsed.data)
      : fail(damaged(vaultFile, parsed.error.issues[0]!.path.join('.')));
  } catch (error) {
    if (error instanceof SyntaxError) return fail(damaged(vaultFile, 'JSON'));
    return fail(readFailure(error, vaultFile));
  }
}

async function openKey(
  fs: FileSystem,
  keyFile: string,
  content: VaultFile | null,
): Promise<Outcome<VaultKey>> {
  const key = await readVaultKey(keyFile);
  if (!key.ok) return key;
  const hasSecrets = content !== null && Object.keys(content.records).length > 0;
  if (key.value === null) {
    return hasSecrets
      ? failed('vault.locked', { file: keyFile, reason: 'ENOENT' })
      : createVaultKey(fs, keyFile);
  }
  if (hasSecrets && content.keyId !== key.value.id) {
    return failed('vault.locked', { file: keyFile, reason: 'anotherKey' });
  }
  return ok(key.value);
}

class FileVault implements Vault {
  readonly #fs: FileSystem;
  readonly #folder: string;
  readonly #key: VaultKey;
  #revision: number;
  #records: VaultRecords;
  readonly #isAuthentic: boolean;
  #last: Promise<unknown> = Promise.resolve();

  constructor(fs: FileSystem, folder: string, key: VaultKey, content: VaultFile | null) {
    this.#fs = fs;
    this.#folder = folder;
    this.#key = key;
    this.#revision = content?.revision ?? 0;
    this.#records = content?.records ?? {};
    this.#isAuthentic = content === null || content.keyId !== key.id || isAuthentic(key, content);
  }

  get(recordId: string, field: string): Outcome<string | null> {
    if (!this.#isAuthentic) return failed('vault.damaged', { recordId, field });
    const record = this.#recordOf(recordId);
    const sealed = Object.hasOwn(record, field) ? record[field]! : null;
    if (sealed === null) return ok(null);
    const secret = unseal(this.#key, recordId, field, sealed);
    return secret === null ? failed('vault.damaged', { recordId, field }) : ok(secret);
  }

  put(recordId: string, secrets: Readonly<Record<string, string | null>>): Promise<Outcome<void>> {
    return this.#change(recordId, (revision, record) => {
      const next = new Map(Object.entries(record));
      for (const [field, secret] of Object.entries(secrets)) {
        if (secret === null) next.delete(field);
        else next.set(field, seal(this.#key, recordId, field, revision, secret));
      }
      return Object.fromEntries(next);
    });
  }

  remove(recordId: string): Promise<Outcome<void>> {
    return this.#change(recordId, () => ({}));
  }

  #recordOf(recordId: string): VaultRecords[string] {
    return Object.hasOwn(this.#records, recordId) ? this.#records[recordId]! : {};
  }

  /** One after the other: each builds on the records that the one before made durable. */
  #change(
    recordId: string,
    build: (revision: number, record: VaultRecords[string]) => VaultRecords[string],
  ): Promise<Outcome<void>> {
    const result = this.#last.then(async (): Promise<Outcome<void>> => {
      // Writing would give the altered index a good mac.
      if (!this.#isAuthentic) return failed('vault.damaged', { recordId, field: '' });
      const revision = this.#revision + 1;
      const others = Object.entries(this.#records).filter(([id]) => id !== recordId);
      const record = build(revision, this.#recordOf(recordId));
      const isEmpty = Object.keys(record).length === 0;
      return this.#write(revision, Object.fromEntries(isEmpty ? others : [...others, [recordId, record]]));
    });
    this.#last = result.catch(() => {});
    return result;
  }

  async #write(revision: number, records: VaultRecords): Promise<Outcome<void>> {
    try {
      await this.#replace(revision, records);
      this.#revision = revision;
      this.#records = records;
      return ok(undefined);
    } catch (error) {
      const result = fail(writeFailure(error, vaultFile));
      // The new file may have got its name before the failure: what was refused must not come back.
      await this.#replace(this.#revision, this.#records).catch(() => {});
      return result;
    }
  }

  #replace(revision: number, records: VaultRecords): Promise<void> {
    const content: VaultFile = {
      version: 1,
      keyId: this.#key.id,
      revision,
      records,
      mac: macOf(this.#key, revision, records).toString('hex'),
    };
    return replaceDurably(this.#fs, this.#folder, vaultFile, [
      Buffer.from(`${JSON.stringify(content, null, 1)}\n`),
    ]);
  }
}
