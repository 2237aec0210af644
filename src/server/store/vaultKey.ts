import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { chmod, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { failed, type Outcome } from '../../domain/failure.ts';
import { fail, ok } from '../../shared/result.ts';
import { discard, writeTemporary } from './durableFile.ts';
import type { FileSystem } from './fileSystem.ts';
import { hasCode, writeFailure } from './writeFailure.ts';

/** The keys that one key file gives; `id` tells a wrong key from an altered vault. */
export interface VaultKey {
  readonly encryption: Buffer;
  readonly authentication: Buffer;
  readonly id: string;
}

/** HAIFU_VAULT_KEY_FILE names a file on other storage, such as a credential that systemd decrypts. */
export const vaultKeyFile = (folder: string): string =>
  process.env['HAIFU_VAULT_KEY_FILE'] ?? join(folder, 'vault.key');

function derive(secret: Buffer): VaultKey {
  const part = (purpose: string): Buffer =>
    Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), `haifu vault ${purpose}`, 32));
  const authentication = part('authentication');
  const id = createHmac('sha256', authentication).update('key id').digest('hex').slice(0, 32);
  return { encryption: part('encryption'), authentication, id };
}

/**
 * Reads the key, 64 hex digits in a file that is closed to others. Null: there is no such file.
 * vault.locked {file, reason}: it cannot be used.
 */
export async function readVaultKey(file: string): Promise<Outcome<VaultKey | null>> {
  try {
    const { mode } = await stat(file);
    if ((mode & 0o027) !== 0) return failed('vault.locked', { file, reason: 'openToOthers' });
    const text = (await readFile(file, 'latin1')).trim();
    if (!/^[0-9a-f]{64}$/.test(text)) return failed('vault.locked', { file, reason: 'notAKey' });
    return ok(derive(Buffer.from(text, 'hex')));
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return ok(null);
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    return failed('vault.locked', { file, reason: code });
  }
}

/** Makes a new key, on the disk before anything is encrypted with it. */
export async function createVaultKey(fs: FileSystem, file: string): Promise<Outcome<VaultKey>> {
  const secret = randomBytes(32);
  const folder = dirname(file);
  try {
    const temporary = await writeTemporary(fs, folder, basename(file), [
      Buffer.from(`${secret.toString('hex')}\n`),
    ]);
    try {
      await temporary.file.close();
      await chmod(temporary.path, 0o400);
      await fs.rename(temporary.path, file);
    } catch (error) {
      await discard(fs, temporary.path, null);
      throw error;
    }
    await fs.syncFolder(folder);
    return ok(derive(secret));
  } catch (error) {
    return fail(writeFailure(error, file));
  }
}
