import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { realFileSystem } from '../../../src/server/store/fileSystem.ts';
import { openVault, type Vault } from '../../../src/server/store/vault.ts';
import { ok } from '../../../src/shared/result.ts';
import { FakeDisk, randomFrom } from './fakeDisk.ts';
import { accepted, failureOf, idOf } from './sampleStore.ts';

type Stored = { records: Record<string, Record<string, { sealed: string; revision: number }>> };
type Alteration = (content: Stored, earlier: Stored) => void;

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'haifu-vault-'));
  file = join(folder, 'vault.json');
});
afterEach(() => rm(folder, { recursive: true }));

const [first, second] = [idOf('acc', 1), idOf('acc', 2)];
const secrets = { password: 'パスワード hunter2', privateKey: `-----BEGIN\n${'k'.repeat(3000)}\n` };

async function filled(): Promise<Vault> {
  const vault = accepted(await openVault(folder));
  accepted(await vault.put(first, secrets));
  accepted(await vault.put(second, { password: 'correct horse' }));
  return vault;
}

describe('a vault', () => {
  it('keeps secrets over a restart, in private files, and shows none of them there', async () => {
    await filled();
    const vault = accepted(await openVault(folder));
    expect(vault.get(first, 'password')).toEqual(ok(secrets.password));
    expect(vault.get(first, 'privateKey')).toEqual(ok(secrets.privateKey));
    expect(vault.get(first, 'passphrase')).toEqual(ok(null));
    expect(vault.get('constructor', 'name')).toEqual(ok(null));
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, 'vault.key'))).mode & 0o777).toBe(0o400);
    expect((await readdir(folder)).sort()).toEqual(['vault.json', 'vault.key']);
    const text = await readFile(file, 'utf8');
    for (const secret of ['hunter2', 'パスワード', 'kkkkkk', 'correct horse']) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain(Buffer.from(secret).toString('base64').slice(0, 8));
      expect(text).not.toContain(Buffer.from(secret).toString('hex'));
    }
  });

  it('changes and removes fields and records', async () => {
    const vault = await filled();
    const results = await Promise.all([
      vault.put(first, { password: 'new', passphrase: 'p' }),
      vault.put(first, { privateKey: null }),
      vault.remove(second),
      vault.remove(second),
    ]);
    expect(results.every(({ ok }) => ok)).toBe(true);
    for (const each of [vault, accepted(await openVault(folder))]) {
      expect(each.get(first, 'password')).toEqual(ok('new'));
      expect(each.get(first, 'passphrase')).toEqual(ok('p'));
      expect(each.get(first, 'privateKey')).toEqual(ok(null));
      expect(each.get(second, 'password')).toEqual(ok(null));
    }
  });

  it('never seals the same secret the same way twice', async () => {
    const vault = await filled();
    const before = JSON.parse(await readFile(file, 'utf8')).records[second]!['password']!.sealed;
    accepted(await vault.put(second, { password: 'correct horse' }));
    expect(JSON.parse(await readFile(file, 'utf8')).records[second]!['password']!.sealed).not.toBe(before);
  });
});

describe('the key', () => {
  it('missing, or another one, while there are secrets: locked, and no new one is made', async () => {
    await filled();
    const key = join(folder, 'vault.key');
    const good = await readFile(key, 'utf8');
    const reasonNow = async () => {
      const { code, params } = failureOf(await openVault(folder));
      return [code, params['reason']];
    };
    await rm(key);
    expect(await reasonNow()).toEqual(['vault.locked', 'ENOENT']);
    expect(await readdir(folder)).toEqual(['vault.json']);
    await writeFile(key, `${'0'.repeat(64)}\n`, { mode: 0o400 });
    expect(await reasonNow()).toEqual(['vault.locked', 'anotherKey']);
    await chmod(key, 0o600);
    await writeFile(key, 'short');
    expect(await reasonNow()).toEqual(['vault.locked', 'notAKey']);
    await writeFile(key, good);
    await chmod(key, 0o644);
    expect(await reasonNow()).toEqual(['vault.locked', 'openToOthers']);
    await chmod(key, 0o400);
    expect(accepted(await openVault(folder)).get(second, 'password')).toEqual(ok('correct horse'));
  });

  it('can stand elsewhere', async () => {
    const elsewhere = await mkdtemp(join(tmpdir(), 'haifu-key-'));
    process.env['HAIFU_VAULT_KEY_FILE'] = join(elsewhere, 'key');
    try {
      await filled();
      expect(await readdir(elsewhere)).toEqual(['key']);
      expect(await readdir(folder)).toEqual(['vault.json']);
      delete process.env['HAIFU_VAULT_KEY_FILE'];
      expect(failureOf(await openVault(folder)).code).toBe('vault.locked');
    } finally {
      delete process.env['HAIFU_VAULT_KEY_FILE'];
      await rm(elsewhere, { recursive: true });
    }
  });
});

describe('an altered vault', () => {
  it('gives out nothing for 2,000 flipped bits but what was stored', async () => {
    await filled();
    const good = await readFile(file);
    const random = randomFrom(11);
    const seen = { refused: 0, damaged: 0, stored: 0 };
    for (let round = 0; round < 2000; round++) {
      const bad = Buffer.from(good);
      bad[Math.floor(random() * bad.length)]! ^= 1 << Math.floor(random() * 8);
      const fileSystem = new FakeDisk(new Map([['/data/vault.json', bad]]));
      const opened = await openVault('/data', { keyFile: join(folder, 'vault.key'), fileSystem });
      if (!opened.ok) {
        expect(['store.damaged', 'vault.locked']).toContain(opened.failure.code);
        seen.refused++;
        continue;
      }
      for (const [id, field, secret] of [
        [first, 'password', secrets.password],
        [first, 'privateKey', secrets.privateKey],
        [second, 'password', 'correct horse'],
      ] as const) {
        const answer = opened.value.get(id, field);
        if (answer.ok) expect(answer.value).toBe(secret);
        else expect(answer.failure.code).toBe('vault.damaged');
        seen[answer.ok ? 'stored' : 'damaged']++;
      }
    }
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(100);
  });

  async function alter(change: Alteration): Promise<Vault> {
    const vault = await filled();
    const earlier = JSON.parse(await readFile(file, 'utf8'));
    accepted(await vault.put(second, { password: 'rotated' }));
    const content = JSON.parse(await readFile(file, 'utf8'));
    change(content, earlier);
    await writeFile(file, JSON.stringify(content));
    return accepted(await openVault(folder));
  }

  it.each<[string, Alteration]>([
    [
      'swapped between records',
      ({ records }) => {
        records[second]!['password']!.sealed = records[first]!['password']!.sealed;
      },
    ],
    [
      'swapped between fields',
      ({ records }) => {
        records[second]!['password']! = records[first]!['privateKey']!;
      },
    ],
    [
      'put back to an earlier secret',
      ({ records }, earlier) => {
        records[second] = earlier.records[second]!;
      },
    ],
    [
      'put back under the present revision',
      ({ records }, earlier) => {
        records[second]!['password']!.sealed = earlier.records[second]!['password']!.sealed;
      },
    ],
    [
      'taken out',
      ({ records }) => {
        delete records[second];
      },
    ],
    [
      'cut to nothing',
      ({ records }) => {
        records[second]!['password']!.sealed = '';
      },
    ],
  ])('does not give out a secret that was %s', async (_, change) => {
    const vault = await alter(change);
    expect(failureOf(vault.get(second, 'password'))).toMatchObject({
      code: 'vault.damaged',
      params: { recordId: second, field: 'password' },
    });
  });

  it('takes no write that would make its altered index good', async () => {
    const vault = await alter(({ records }) => {
      delete records[second];
    });
    expect(failureOf(await vault.put(first, { password: 'x' })).code).toBe('vault.damaged');
  });

  it('takes the damaged secret anew', async () => {
    const vault = await alter(({ records }) => {
      records[second]!['password']!.sealed = records[first]!['password']!.sealed;
    });
    accepted(await vault.put(second, { password: 'again' }));
    expect(accepted(await openVault(folder)).get(second, 'password')).toEqual(ok('again'));
  });
});

it('has in memory what is on the disk, whichever call of a put fails', async () => {
  const keyFile = join(folder, 'vault.key');
  await accepted(await openVault(folder, { keyFile }));
  for (const code of ['ENOSPC', 'EIO'] as const) {
    let refused = 0;
    for (let call = 1; call < 20; call++) {
      const disk = new FakeDisk();
      const vault = accepted(await openVault('/data', { keyFile, fileSystem: disk }));
      accepted(await vault.put(first, { password: 'old' }));
      disk.fault = { call: disk.calls + call, code, isLasting: false };
      const answer = await vault.put(first, { password: 'new' });
      disk.fault = null;
      if (!answer.ok) refused++;
      const now = accepted(vault.get(first, 'password'));
      expect(now).toBe(answer.ok ? 'new' : 'old');
      const again = accepted(await openVault('/data', { keyFile, fileSystem: disk.copy() }));
      expect(accepted(again.get(first, 'password'))).toBe(now);
      expect([...disk.names.keys()]).toEqual(['/data/vault.json']);
      accepted(await vault.put(first, { password: 'later' }));
    }
    expect(refused).toBe(code === 'EIO' ? 6 : 2);
  }
  expect(await realFileSystem.list(folder)).toEqual(['vault.key']);
});
