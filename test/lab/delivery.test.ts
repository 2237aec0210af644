import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, it } from 'vitest';
import type {
  AccountWithSecrets,
  AttemptOrder,
  ReadinessReport,
  SeenHostKey,
  Transition,
} from '../../src/delivery/deliveryMethod.ts';
import type { InstallationPackage } from '../../src/domain/model.ts';
import { account, attemptOrder } from '../delivery/attemptFixtures.ts';
import { buildDeb, type DebDescription } from '../fixtures/packages.ts';
import type { Lab, LabDevice, LabInventory } from './lab.ts';
import { describeLab, labOfThisRun } from './labOfThisRun.ts';

const program = fileURLToPath(new URL('deliverOnce.ts', import.meta.url));

interface Said {
  readonly transitions: readonly Transition[];
  readonly activities: readonly (string | null)[];
  readonly hostKeys: readonly SeenHostKey[];
  readonly tried: readonly (readonly [string, boolean])[];
  readonly log: string;
  readonly checked: { readonly report: ReadinessReport; readonly hostKeys: readonly SeenHostKey[] } | null;
}

describeLab('delivery to lab devices', () => {
  let lab: Lab;
  let inventory: LabInventory;
  let device: LabDevice;
  let key: string;

  beforeAll(async () => {
    lab = labOfThisRun();
    inventory = await lab.inventory();
    device = inventory.devices[0]!;
    key = await readFile(inventory.keyPath, 'utf8');
  });

  /** Runs the order in the lab's network; `onLine` hears each line as it comes. */
  async function run(
    input: unknown,
    onLine: (kind: string, value: unknown) => void = () => {},
  ): Promise<Said> {
    const child = await lab.spawnInHub(process.execPath, [program], { stdio: ['pipe', 'pipe', 'pipe'] });
    const lines: { kind: string; value: unknown }[] = [];
    let rest = '';
    child.stdout!.setEncoding('utf8').on('data', (chunk: string) => {
      const parts = (rest + chunk).split('\n');
      rest = parts.pop()!;
      for (const part of parts) {
        const line = JSON.parse(part) as { kind: string; value: unknown };
        lines.push(line);
        onLine(line.kind, line.value);
      }
    });
    const complaints = text(child.stderr!);
    child.stdin!.end(JSON.stringify(input));
    const code = await new Promise((resolve) => child.once('close', resolve));
    if (code !== 0) throw new Error(`${code}: ${await complaints}`);
    const all = <T>(kind: string): T[] =>
      lines.flatMap((line) => (line.kind === kind ? [line.value as T] : []));
    return {
      transitions: all('transition'),
      activities: all('activity'),
      hostKeys: all('hostKey'),
      tried: all('tried'),
      log: all<string>('log').join(''),
      checked: all<NonNullable<Said['checked']>>('checked')[0] ?? null,
    };
  }

  async function debOrder(
    accounts: readonly AccountWithSecrets[],
    description: DebDescription = {},
    more: Partial<AttemptOrder> = {},
  ): Promise<AttemptOrder> {
    const named = { name: 'haifu-lab-delivery', depends: [], ...description };
    const contentPath = await buildDeb(named);
    const bytes = await readFile(contentPath);
    const installationPackage: InstallationPackage = {
      id: 'pkg-00000000000000000000',
      name: named.name,
      version: named.version ?? '1.0.0',
      format: 'deb',
      platform: 'linux',
      architecture: 'all',
      dependencies: [],
      content: {
        sha256: createHash('sha256').update(bytes).digest('hex'),
        sizeBytes: bytes.length,
        fileName: basename(contentPath),
      },
      command: null,
      parameters: '',
      detection: { kind: 'dpkg', name: named.name, version: named.version ?? '1.0.0' },
      exitCodes: { '0': 'success' },
      installTimeoutMs: 120_000,
      createdAt: '2026-01-01T00:00:00.000Z',
    };
    return attemptOrder(
      {
        device: { name: device.name, address: device.address, port: 22, user: null, jumpHost: null },
        accounts,
        trust: { policy: 'acceptNew', pins: [], knownHostsFiles: [] },
        installationPackage,
        contentPath,
      },
      more,
    );
  }
  const deliver = (order: AttemptOrder, onLine?: Parameters<typeof run>[1]): Promise<Said> =>
    run({ kind: 'deliver', order }, onLine);
  const remove = () =>
    lab.in(
      device.name,
      'dpkg -P haifu-lab-delivery 2>/dev/null; rm -rf /run/reboot-required /run/never /var/lib/haifu; true',
    );
  const traces = () =>
    lab.in(
      device.name,
      'find /var/lib/haifu/jobs /var/lib/haifu/cache /home/*/.cache/haifu /tmp -mindepth 1 -name "*" 2>/dev/null; true',
    );
  const end = (said: Said) => said.transitions.at(-1);

  const passwords = () => inventory.passwords;
  const logins: Record<string, () => AccountWithSecrets> = {
    'root by key': () => account('acc', 'root', { privateKey: key }),
    'root by password': () => account('acc', 'root', { password: passwords().root }),
    'sudo with the login’s password': () =>
      account('acc', 'admin', { password: passwords().admin }, { become: 'sudo' }),
    'sudo with a password of its own, login by key': () =>
      account('acc', 'admin', { privateKey: key, becomePassword: passwords().admin }, { become: 'sudo' }),
    'sudo without a password': () => account('acc', 'keyonly', { privateKey: key }, { become: 'sudo' }),
    'sudo without a password although one is given': () =>
      account('acc', 'keyonly', { privateKey: key, becomePassword: 'canary-1' }, { become: 'sudo' }),
    'doas, which asks on a terminal': () =>
      account('acc', 'doasuser', { password: passwords().doasuser }, { become: 'doas' }),
    'su with root’s password': () =>
      account('acc', 'plain', { privateKey: key, becomePassword: passwords().root }, { become: 'su' }),
  };

  it.each(Object.keys(logins))('installs as %s, and leaves nothing', async (name) => {
    await remove();
    const said = await deliver(await debOrder([logins[name]!()]));
    expect(end(said)).toMatchObject({ state: 'succeeded', failure: null });
    expect(await lab.in(device.name, 'dpkg-query -W haifu-lab-delivery')).toContain('1.0.0');
    expect(await traces()).toBe('');
    for (const secret of [...Object.values(passwords()), 'canary-1']) expect(said.log).not.toContain(secret);
  });

  it.each([
    ['with a password', () => logins['sudo with the login’s password']!()],
    ['without', () => logins['sudo without a password']!()],
  ])('sudo that requires a terminal, %s', async (_name, login) => {
    await remove();
    await lab.fault(device.name, 'requireTty');
    try {
      expect(end(await deliver(await debOrder([login()])))).toMatchObject({
        state: 'succeeded',
        failure: null,
      });
      expect(await traces()).toBe('');
    } finally {
      await lab.heal(device.name);
    }
  });

  it.each([
    ['sudo', 'admin', 'become.refused'],
    ['su', 'plain', 'become.refused'],
    ['doas', 'doasuser', 'become.refused'],
    ['sudo', 'plain', 'become.notPermitted'],
    ['doas', 'admin', 'become.notPermitted'],
  ] as const)('%s for %s is not let through: %s, one guess', async (become, user, code) => {
    const login = account(
      'acc',
      user,
      { privateKey: key, becomePassword: code === 'become.refused' ? 'wrong' : inventory.passwords.admin },
      { become },
    );
    const said = await deliver(await debOrder([login]));
    expect(end(said)).toMatchObject({ state: 'failed', failure: { code } });
    expect(await traces()).toBe('');
  });

  it('a login that prints words of its own', async () => {
    await remove();
    await lab.fault(device.name, 'noisy');
    try {
      const said = await deliver(await debOrder([logins['sudo with the login’s password']!()]));
      expect(end(said)).toMatchObject({ state: 'succeeded', failure: null });
    } finally {
      await lab.heal(device.name);
    }
  });

  it('tries accounts from top to bottom, each once', async () => {
    await remove();
    const wrong = account('wrong', 'root', { password: 'no' });
    const said = await deliver(await debOrder([wrong, logins['root by password']!()]));
    expect(said.tried).toEqual([
      ['wrong', false],
      ['acc', true],
    ]);
    expect(end(said)).toMatchObject({ state: 'succeeded', failure: null });
  });

  it('goes through a jump host, whose key is verified as well', async () => {
    await remove();
    const order = await debOrder([logins['root by key']!()]);
    const jump = inventory.devices[1]!;
    const jumpHost = { address: jump.address, port: null, user: null };
    const said = await deliver({ ...order, device: { ...order.device, jumpHost } });
    expect(end(said)).toMatchObject({ state: 'succeeded', failure: null });
    expect(said.hostKeys.map((seen) => seen.address)).toEqual([jump.address, device.address]);
    const strict = { ...order.trust, policy: 'strict' } as const;
    const refused = await deliver({ ...order, trust: strict, device: { ...order.device, jumpHost } });
    expect(end(refused)).toMatchObject({
      state: 'failed',
      failure: { code: 'hostKey.unknown', params: { address: jump.address } },
    });
  });

  it('restarts the device when the installation asks for it, and verifies behind it', async () => {
    await remove();
    const restart = {
      kind: 'restart',
      message: '',
      repeatMinutes: 5,
      automaticMinutes: 30,
      forceClose: false,
    } as const;
    const order = await debOrder(
      [logins['sudo without a password']!()],
      { behaviour: { requestsRestart: true } },
      { restart },
    );
    const boot = await lab.in(device.name, 'cat /proc/sys/kernel/random/boot_id');
    const said = await deliver(order);
    expect(end(said)).toMatchObject({ state: 'succeeded', failure: null });
    expect(said.transitions.map(({ state }) => state).slice(-4)).toEqual([
      'installing',
      'restarting',
      'verifying',
      'succeeded',
    ]);
    expect(said.transitions.find(({ state }) => state === 'restarting')).toMatchObject({
      exitCode: 0,
      bootIdBeforeRestart: boot.trim(),
    });
    expect(said.activities).toContain('waitingForReboot');
    expect(await lab.in(device.name, 'cat /proc/sys/kernel/random/boot_id')).not.toBe(boot);
    expect(await traces()).toBe('');
  });

  it('leaves the restart to come when it shall not restart', async () => {
    await remove();
    const order = await debOrder([logins['root by key']!()], { behaviour: { requestsRestart: true } });
    expect(end(await deliver(order))).toMatchObject({ state: 'restartPending', failure: null });
    await remove();
  });

  it('a device that restarts under the installer: interrupted, never a success', async () => {
    await remove();
    const order = await debOrder([logins['root by key']!()], {
      behaviour: { output: 'working\n', waitForFile: '/run/never' },
    });
    const said = await deliver(order, (kind, value) => {
      if (kind === 'log' && String(value).includes('working')) void lab.reboot(device.name, 2);
    });
    expect(end(said)).toMatchObject({ state: 'failed', failure: { code: 'installer.interruptedByReboot' } });
    expect(said.activities).toContain('reconnecting');
    await lab.in(
      device.name,
      'touch /run/never; dpkg --configure -a; dpkg -P --force-all haifu-lab-delivery; true',
    );
  });

  it('a device that restarts while bytes are on their way: the transfer goes on afterwards', async () => {
    await remove();
    const order = await debOrder(
      [logins['sudo with the login’s password']!()],
      { payloadMegabytes: 20 },
      { bandwidthBytesPerSecond: 10_000_000 },
    );
    let isCut = false;
    const said = await deliver(order, (kind, value) => {
      if (kind !== 'progress' || Number(value) < 5_000_000 || isCut) return;
      isCut = true;
      void lab.reboot(device.name, 1);
    });
    expect(isCut).toBe(true);
    expect(end(said)).toMatchObject({ state: 'succeeded', failure: null });
  });

  it('another key than the pinned one is refused, and nothing is sent', async () => {
    const [keyType, blob] = inventory.devices[1]!.hostKey.split(' ');
    const pin = {
      address: device.address,
      port: 22,
      keyType: keyType!,
      key: blob!,
      state: 'trusted',
    } as const;
    const order = await debOrder([logins['root by password']!()]);
    const said = await deliver({ ...order, trust: { ...order.trust, pins: [pin] } });
    expect(end(said)).toMatchObject({ state: 'failed', failure: { code: 'hostKey.changed' } });
    expect(said.tried).toEqual([]);
  });

  it('checks a device without writing to it', async () => {
    await remove();
    const order = await debOrder([logins['sudo with the login’s password']!()]);
    const { device: asked, accounts, trust, installationPackage } = order;
    const ready = await run({
      kind: 'check',
      order: { device: asked, accounts, trust, installationPackage },
    });
    expect(ready.checked?.report).toMatchObject({
      port: 'open',
      accountId: 'acc',
      isRoot: true,
      isInstalled: false,
      facts: { osFamily: 'debian' },
      failure: null,
    });
    const scan = await run({
      kind: 'check',
      order: {
        device: asked,
        accounts: [],
        trust: { ...trust, policy: 'strict' },
        installationPackage: null,
      },
    });
    expect(scan.checked).toMatchObject({ report: { port: 'open', failure: { code: 'hostKey.unknown' } } });
    expect(scan.checked?.hostKeys).toMatchObject([{ verdict: 'unknown', key: device.hostKey.split(' ')[1] }]);
    await lab.fault(device.name, 'reject');
    const closed = await run({
      kind: 'check',
      order: { device: asked, accounts, trust, installationPackage },
    });
    await lab.heal(device.name);
    expect(closed.checked?.report).toMatchObject({ port: 'closed', failure: { code: 'device.refused' } });
  });

  it('finds a broken package manager before it touches anything', async () => {
    await remove();
    await lab.fault(device.name, 'packageBroken');
    try {
      const said = await deliver(await debOrder([logins['root by key']!()]));
      expect(end(said)).toMatchObject({ state: 'failed', failure: { code: 'check.packageManagerBroken' } });
    } finally {
      await lab.heal(device.name);
    }
  });
});
