import { createHash } from 'node:crypto';
import { copyFile, mkdir, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { buildArchive } from '../fixtures/archivePackage.ts';
import { buildDeb } from '../fixtures/debPackage.ts';
import { startsLog } from '../fixtures/installer.ts';
import { buildRpm } from '../fixtures/rpmPackage.ts';
import { program } from '../journeys/haifuTerminal.ts';
import { type HaifuOnLab, haifuOnLab, type RunResult } from './haifuOnLab.ts';
import type { Lab, LabInventory } from './lab.ts';
import { describeLab, labOfThisRun } from './labOfThisRun.ts';

const used = ['d001', 'd002'] as const;
const goOn = '/run/haifu-lab-go-on';

interface Refusal {
  readonly error: { readonly code: string; readonly message: string; readonly next: string };
}

describeLab('bad days: full and read-only disks, hostile names, broken files, damaged stores', () => {
  let lab: Lab;
  let inventory: LabInventory;
  let haifu: HaifuOnLab;
  let files: string;

  beforeAll(async () => {
    lab = labOfThisRun();
    inventory = await lab.inventory();
    haifu = await prepared();
    files = join(haifu.dataFolder, '..', `haifu-bad-files-${process.pid}`);
    await mkdir(files);
  });
  afterEach(async () => {
    for (const name of used) {
      await lab.in(name, `touch ${goOn}`).catch(() => undefined);
      await lab.until(name, '! pgrep -x dpkg >/dev/null');
      await lab.heal(name);
      await lab.in(name, `rm -f ${goOn}; dpkg -P haifu-bad 2>/dev/null; true`);
      await lab.in(name, `touch ${startsLog}; sed -i '/^haifu-bad /d' ${startsLog}`);
    }
  });
  afterAll(async () => {
    await haifu.close();
    await rm(files, { recursive: true, force: true });
  });

  /** A data folder of its own with the account and the devices of these tests. */
  async function prepared(prepareFolder = async (_folder: string) => {}): Promise<HaifuOnLab> {
    const fresh = await haifuOnLab(lab);
    await prepareFolder(fresh.dataFolder);
    await fresh.must(['account', 'add', 'root-key', '--user', 'root', '--key', inventory.keyPath]);
    for (const name of used) await fresh.must(['device', 'add', addressOf(name), '--name', name]);
    return fresh;
  }
  const addressOf = (name: string) => inventory.devices.find((device) => device.name === name)!.address;
  const install = (on: HaifuOnLab, file: string, devices: readonly string[], ...more: string[]) =>
    on.run([
      ...['install', file, ...devices.map((name) => `--device=${name}`)],
      ...['--account', 'root-key', '--host-key', 'accept-new', ...more],
    ]);
  const rows = (answer: Awaited<ReturnType<typeof install>>) => answer.json<RunResult>().run.devices;
  const groupsOf = async (on: HaifuOnLab): Promise<string[]> => {
    const { groups } = (await on.must(['group', 'list'])).json<{ groups: readonly { path: string }[] }>();
    return groups.map(({ path }) => path).sort();
  };
  /** What a person sees on the jump host. */
  async function expectHarmless(...words: string[]): Promise<void> {
    const { dataFolder } = haifu;
    const answer = await lab.exec([program, ...words, '--data', dataFolder], { env: { HOME: dataFolder } });
    expect([words, answer.exitCode]).toEqual([words, 0]);
    expect(answer.stdout.split('\n').length).toBeGreaterThan(1);
    expect(answer.stdout + answer.stderr).not.toMatch(/[\u{1B}\u{9B}\u{7}\u{202E}]/u);
  }

  test('the disk of the jump host is full: said so, nothing is lost, and it works again with room', async () => {
    const small = await buildDeb({ name: 'haifu-bad', version: '1.0.0', behaviour: { waitForFile: goOn } });
    const large = await buildDeb({ name: 'haifu-bad', version: '1.1.0', payloadMegabytes: 20 });
    // Seen by the jump host only: the lab's hub has mounts of its own.
    const full = await prepared(async (folder) => {
      const made = await lab.exec(['mount', '-t', 'tmpfs', '-o', 'size=8m,mode=700', 'tmpfs', folder]);
      expect(made).toMatchObject({ exitCode: 0 });
    });
    try {
      const refused = await full.run(['package', 'add', large]);
      expect([refused.exitCode, refused.json<Refusal>().error.code]).toEqual([3, 'store.diskFull']);
      expect((await full.must(['package', 'list'])).json()).toEqual({ packages: [] });

      const started = await install(full, small, used, '--detach');
      const runId = started.json<RunResult>().run.id;
      for (const name of used) await lab.until(name, `grep -q '^haifu-bad ' ${startsLog}`);
      const filler = join(full.dataFolder, 'filler');
      await lab.exec(['sh', '-c', `dd if=/dev/zero of='${filler}' bs=4k`]);
      const added: string[] = [];
      const next = () => `${'Group'.repeat(19)}${added.length}`;
      let last = await full.run(['group', 'add', next()]);
      while (last.exitCode === 0) {
        added.push(next());
        last = await full.run(['group', 'add', next()]);
      }
      const refusal = last.json<Refusal>().error;
      expect([last.exitCode, refusal.code]).toEqual([3, 'store.diskFull']);
      expect(refusal.message).toMatch(/full/);
      expect((await install(full, small, used)).json<Refusal>().error.code).toBe('store.diskFull');

      // The installers end while their end cannot be written down; then the server dies, too.
      for (const name of used) await lab.in(name, `touch ${goOn}`);
      for (const name of used) await lab.until(name, '! pgrep -x dpkg >/dev/null');
      await full.killServer();
      await lab.exec(['rm', filler]);
      await full.run(['run', 'watch', runId]);
      const { run } = (await full.must(['run', 'show', runId])).json<RunResult>();
      expect(run.devices.map(({ state }) => state)).toEqual(['succeeded', 'succeeded']);
      for (const name of used)
        expect([name, await lab.in(name, `grep -c '^haifu-bad ' ${startsLog}`)]).toEqual([name, '1']);
      expect(await groupsOf(full)).toEqual(added.sort());
      await full.must(['group', 'add', 'Again']);
    } finally {
      await full.close();
    }
  });

  test('a device with a read-only disk is refused before anything is sent; the other one is served', async () => {
    const file = await buildDeb({ name: 'haifu-bad', version: '2.0.0' });
    await lab.fault('d001', 'readOnly');
    const [sick, well] = rows(await install(haifu, file, used));
    expect(sick).toMatchObject({ state: 'failed', attempts: 0, failure: { code: 'check.readOnly' } });
    expect(sick!.bytesSent).toBe(0);
    expect(well).toMatchObject({ state: 'succeeded' });
  });

  const pwned = '/tmp/haifu-pwned';
  test.each([
    ['a command substitution', `$(touch ${pwned})`],
    ['backticks and separators', `a\`touch ${pwned}\`;touch ${pwned}|touch ${pwned}`],
    ['quotes', `it's "here"; touch ${pwned} '`],
    ['a path', '../../etc/passwd'],
    ['dashes', '--rf'],
    ['two lines', `two\ntouch ${pwned}`],
    ['escape sequences', '\u{1B}[2J\u{1B}]0;owned\u{7}\u{9B}31m'],
    ['words that run backwards', 'bidi\u{202E}gnp.exe'],
  ])('a name with %s is refused in words, or does no harm', async (_what, hostile) => {
    const file = await buildDeb({ name: 'haifu-bad', version: '3.0.0' });
    try {
      const named = [
        await haifu.run(['device', 'add', addressOf('d001'), `--name=${hostile}`]),
        await haifu.run(['group', 'add', hostile]),
        await haifu.run(['package', 'add', file, `--name=${hostile}`]),
        await haifu.run(['account', 'add', hostile, '--user', 'root', '--key', inventory.keyPath]),
      ];
      for (const { exitCode, stdout, stderr } of named) {
        expect([0, 2]).toContain(exitCode);
        // A refusal says what is wrong; nothing that reaches a terminal can steer it.
        if (exitCode === 2) expect(stdout).toMatch(/"code":"(input\.[a-zA-Z]+|usage)","message":".{10}/);
        expect(stdout + stderr).not.toMatch(/[\u{1B}\u{9B}\u{7}]/u);
      }
      const device = named[0]!.exitCode === 0 ? hostile : 'd001';
      const done = await install(haifu, file, [device], `--name=${hostile.replaceAll(/["*<>?\\:|]/g, '')}`);
      if (done.exitCode === 0) expect(rows(done)[0]).toMatchObject({ state: 'succeeded' });
      else expect([done.exitCode, done.json<Refusal>().error.code]).toEqual([2, 'input.invalid']);
      await expectHarmless('device', 'list');
      expect(await lab.in('d001', `ls ${pwned} 2>/dev/null || true`)).toBe('');
      expect((await lab.exec(['ls', pwned])).exitCode).not.toBe(0);
    } finally {
      await haifu.must(['device', 'add', addressOf('d001'), '--name', 'd001']);
    }
  });

  test('those names in lists for people: nothing in them steers a terminal', async () => {
    for (const kind of ['group', 'package', 'account', 'task', 'run']) await expectHarmless(kind, 'list');
  });

  test('parameters reach the installer as words, whatever they look like', async () => {
    const script = join(files, 'tool.sh');
    await writeFile(script, '#!/bin/sh\nprintf "%s\\n" "$@" >/var/log/haifu-lab-words\n');
    const parameters = `--dir '/opt/my tool' "$(touch ${pwned})" '; touch ${pwned} #' 日本語`;
    const done = await install(haifu, script, ['d001'], `--parameters=${parameters}`, '--reinstall');
    expect(rows(done)[0]).toMatchObject({ state: 'succeeded' });
    const words = await lab.in('d001', `cat /var/log/haifu-lab-words; rm /var/log/haifu-lab-words`);
    expect(words.split('\n')).toEqual([
      ...['--dir', '/opt/my tool', `$(touch ${pwned})`, `; touch ${pwned} #`, '日本語'],
    ]);
    expect(await lab.in('d001', `ls ${pwned} 2>/dev/null || true`)).toBe('');
  });

  test.each(['add', 'install'] as const)(
    'package files that are none: status 2 and why (%s)',
    async (how) => {
      const deb = await buildDeb({ name: 'haifu-bad', version: '4.0.0', payloadMegabytes: 1 });
      const rpm = await buildRpm({ name: 'haifu-bad', version: '4.0.0', payloadMegabytes: 1 });
      const zip = await buildArchive({ name: 'haifu-bad', version: '4.0.0', format: 'zip' });
      const cut = async (file: string, name: string, bytes: number) => {
        await copyFile(file, join(files, name));
        await truncate(join(files, name), bytes);
      };
      await cut(deb, 'half.deb', 400);
      await cut(deb, 'most.deb', 600_000);
      await cut(rpm, 'half.rpm', 300);
      await cut(zip, 'half.zip', 500);
      await copyFile(zip, join(files, 'zip.deb'));
      await copyFile(deb, join(files, 'deb.rpm'));
      await writeFile(join(files, 'text.deb'), 'not a package at all\n');
      await writeFile(join(files, 'empty.deb'), '');
      const expected: Readonly<Record<string, RegExp>> = {
        'half.deb': /package\.truncated/,
        'most.deb': /package\.truncated/,
        'half.rpm': /package\.truncated/,
        'half.zip': /package\.(truncated|unreadable)/,
        'zip.deb': /package\.mislabelled/,
        'deb.rpm': /package\.mislabelled/,
        'text.deb': /package\.(mislabelled|unreadable|unsupportedFormat)/,
        'empty.deb': /package\.(truncated|unreadable)/,
        'no-such.deb': /input\.fileUnreadable/,
      };
      for (const [name, code] of Object.entries(expected)) {
        const file = join(files, name);
        const answer =
          how === 'add'
            ? await haifu.run(['package', 'add', file])
            : await install(haifu, file, ['d001'], '--detach');
        expect([name, answer.exitCode]).toEqual([name, 2]);
        const { error } = answer.json<Refusal>();
        expect([name, error.code]).toEqual([name, expect.stringMatching(code)]);
        expect(error.message).toContain(name);
        expect(error.next.length).toBeGreaterThan(10);
      }
      const { packages } = (await haifu.must(['package', 'list'])).json<{
        packages: readonly { version: string }[];
      }>();
      expect(packages.filter(({ version }) => version === '4.0.0')).toEqual([]);
    },
  );

  test('a torn line at the end of the store is no loss; damage and a newer version are said, and left alone', async () => {
    const sick = await prepared();
    const contents = async () => {
      const names = (await readdir(sick.dataFolder)).filter((name) => /^(store|changes)/.test(name)).sort();
      const hashes = names.map(async (name) => {
        const bytes = await readFile(join(sick.dataFolder, name));
        return `${name} ${createHash('sha256').update(bytes).digest('hex')}`;
      });
      return Promise.all(hashes);
    };
    const path = (name: string) => join(sick.dataFolder, name);
    try {
      await sick.must(['group', 'add', 'Kept']);
      await sick.killServer();
      await writeFile(path('changes.ndjson'), '97 1234abcd {"seq":', { flag: 'a' });
      expect(await groupsOf(sick)).toEqual(['Kept']);
      await sick.must(['server', 'stop']);

      // One that is whole, but of a later haifu: its checksum is right.
      const good = await readFile(path('store.json'), 'utf8');
      const later = good.slice(0, -78).replace(/"schemaVersion":\d+/, '"schemaVersion":999');
      const sha256 = createHash('sha256').update(later).digest('hex');
      await writeFile(path('store.json'), `${later},"sha256":"${sha256}"}\n`);
      let before = await contents();
      const newer = await sick.run(['device', 'list']);
      expect([newer.exitCode, newer.json<Refusal>().error.code]).toEqual([3, 'store.newerVersion']);
      expect(newer.json<Refusal>().error.next.length).toBeGreaterThan(10);
      expect(await contents()).toEqual(before);

      // A torn snapshot: the generation before it and the journals have everything.
      await writeFile(path('store.json'), good.slice(0, good.length / 2));
      expect(await groupsOf(sick)).toEqual(['Kept']);
      await sick.must(['server', 'stop']);

      for (const name of await readdir(sick.dataFolder)) {
        if (/^store.*\.json$/.test(name)) await truncate(path(name), 100);
        if (/^changes\.\d+\.ndjson$/.test(name)) await rm(path(name));
      }
      before = await contents();
      const torn = await sick.run(['device', 'list']);
      expect([torn.exitCode, torn.json<Refusal>().error.code]).toEqual([
        3,
        expect.stringMatching(/^store\.(damaged|journalMissing)$/),
      ]);
      expect(torn.json<Refusal>().error.message).toMatch(/store|journal/);
      expect(await contents()).toEqual(before);
    } finally {
      await sick.close();
    }
  });

  test('a second server on the same data folder is refused, and the first one does not notice', async () => {
    await haifu.must(['server', 'start']);
    const pid = await haifu.serverPid();
    const second = await haifu.run(['server', 'run']);
    expect([second.exitCode, second.json<Refusal>().error.code]).toEqual([3, 'server.locked']);
    expect(second.json<Refusal>().error.message).toContain(String(pid));
    // Asked to start, it is content with the one that is there.
    await haifu.must(['server', 'start']);
    expect(await haifu.serverPid()).toBe(pid);
  });
});
