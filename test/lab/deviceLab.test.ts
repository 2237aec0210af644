import { afterEach, beforeAll, expect, test } from 'vitest';
import type { Lab, LabInventory } from './lab.ts';
import { describeLab, labOfThisRun } from './labOfThisRun.ts';

describeLab('the device lab', () => {
  let lab: Lab;
  let inventory: LabInventory;
  const touched = new Set<string>();

  beforeAll(async () => {
    lab = labOfThisRun();
    inventory = await lab.inventory();
  });

  afterEach(async () => {
    for (const name of touched) await lab.heal(name);
    touched.clear();
  });

  /** A command over SSH with the lab's key, as the console machine. */
  function ssh(device: string, command: string, user = 'root', options: readonly string[] = []) {
    return lab.exec([
      'ssh',
      '-F/dev/null',
      '-oBatchMode=yes',
      '-oStrictHostKeyChecking=no',
      '-oUserKnownHostsFile=/dev/null',
      '-oLogLevel=ERROR',
      ...options,
      '-oConnectTimeout=20',
      `-i${inventory.keyPath}`,
      `${user}@${device}`,
      command,
    ]);
  }

  type FaultArguments = Parameters<Lab['fault']>;

  async function withFault(device: string, kind: FaultArguments[1], ...args: (string | number)[]) {
    touched.add(device);
    await lab.fault(device, kind, ...args);
  }

  test('has twenty devices, three of them with rpm, and each answers over SSH by its own name', async () => {
    expect(inventory.devices.length).toBeGreaterThanOrEqual(20);
    const kinds = inventory.devices.slice(0, 20).map(({ kind }) => kind);
    expect(kinds).toEqual([...Array(17).fill('deb'), ...Array(3).fill('rpm')]);
    const names = await Promise.all(
      inventory.devices.map(async ({ name }) => (await ssh(name, 'hostname')).stdout),
    );
    expect(names).toEqual(inventory.devices.map(({ name }) => name));
  });

  test('isolates devices: what is installed on one is not on another, nor on this machine', async () => {
    // Fresh ones: other tests install the same on the lab's first devices.
    const [one, two] = (await lab.start(2)).map(({ name }) => name) as [string, string];
    await lab.in(one, 'apt-get install -qq -y haifu-lab-lib </dev/null');
    expect(await lab.in(one, 'dpkg-query -W haifu-lab-lib')).toBe('haifu-lab-lib\t1.2.0');
    await expect(lab.in(two, 'dpkg-query -W haifu-lab-lib')).rejects.toThrow('no packages found');
    expect((await lab.exec(['test', '-e', '/usr/share/haifu-lab-lib'])).exitCode).toBe(1);
    await lab.in(one, 'apt-get purge -qq -y haifu-lab-lib </dev/null');
  });

  test.each([
    ['linkDown', /timed out|No route/],
    ['blackhole', /timed out/],
    ['reject', /Connection refused/],
    ['hang', /timed out/],
    ['noSshd', /Connection refused/],
  ] as const)('%s: no SSH, and heal brings it back', async (kind, reason) => {
    await withFault('d003', kind);
    const refused = await ssh('d003', 'true', 'root', ['-oConnectTimeout=2']);
    expect(refused.exitCode).toBe(255);
    expect(refused.stderr).toMatch(reason);
    await lab.heal('d003');
    expect((await ssh('d003', 'echo back')).stdout).toBe('back');
  });

  test('delay holds packets back, each way', async () => {
    await withFault('d003', 'delay', 150);
    const start = performance.now();
    await lab.exec(['bash', '-c', 'exec 9<>/dev/tcp/d003/22']);
    const roundTrip = performance.now() - start;
    expect(roundTrip).toBeGreaterThanOrEqual(300);
    expect(roundTrip).toBeLessThan(5000);
  });

  test('loss drops packets, and SSH lives on', async () => {
    const received = async () =>
      Number(await lab.in('d003', "awk '/^Udp: [0-9]/ {print $3}' /proc/net/snmp"));
    const send = 'for i in $(seq 300); do echo x >/dev/udp/d003/9; done';
    await withFault('d003', 'loss', 20);
    const before = await received();
    await lab.exec(['bash', '-c', send]);
    const passed = (await received()) - before;
    expect(passed).toBeGreaterThan(180);
    expect(passed).toBeLessThan(290);
    expect((await ssh('d003', 'echo here')).stdout).toBe('here');
  });

  test('rate limits the line', async () => {
    await withFault('d003', 'rate', '8mbit');
    const start = performance.now();
    await ssh('d003', 'head -c 2000000 /dev/zero');
    expect(performance.now() - start).toBeGreaterThan(1500);
  });

  test('diskFull leaves as much as asked, readOnly nothing', async () => {
    await withFault('d003', 'diskFull', 64);
    const full = await ssh(
      'd003',
      'head -c 1000000 /dev/zero >/root/big; stat -c %s /root/big; rm /root/big',
    );
    expect(full.stderr).toContain('No space left on device');
    expect(Number(full.stdout)).toBeLessThanOrEqual(64 * 1024);
    await lab.heal('d003');
    await withFault('d003', 'readOnly');
    expect((await ssh('d003', 'touch /root/x')).stderr).toContain('Read-only file system');
    await lab.heal('d003');
    expect((await ssh('d003', 'touch /root/x && rm /root/x')).exitCode).toBe(0);
  });

  test('packageLock stops installations on both kinds of device', async () => {
    await withFault('d003', 'packageLock', 60);
    expect((await ssh('d003', 'apt-get install -y haifu-lab-lib')).stderr).toContain('Could not get lock');
    await withFault('d018', 'packageLock', 60);
    const rpm = await ssh('d018', 'timeout 2 rpm -e lab-base', 'root');
    expect(rpm.exitCode).not.toBe(0);
    await lab.heal('d003');
    await lab.heal('d018');
    expect((await ssh('d003', 'apt-get install -s -y haifu-lab-lib')).exitCode).toBe(0);
    expect((await ssh('d018', 'rpm -q lab-base')).stdout).toContain('lab-base-9');
  });

  test('packageBroken wants dpkg --configure first', async () => {
    await withFault('d003', 'packageBroken');
    expect((await ssh('d003', 'apt-get install -y haifu-lab-lib')).stderr).toContain('dpkg was interrupted');
  });

  test('hostKey changes the key that the device shows', async () => {
    const key = async () =>
      (await lab.exec(['ssh-keyscan', '-t', 'ed25519', 'd002'])).stdout.split(' ').slice(1).join(' ');
    const before = inventory.devices.find(({ name }) => name === 'd002')?.hostKey;
    expect(await key()).toBe(before);
    await lab.fault('d002', 'hostKey');
    await lab.until(
      'd002',
      'ssh-keyscan -t ed25519 localhost 2>/dev/null | grep -q "$(cut -d" " -f2 /etc/ssh/ssh_host_ed25519_key.pub)"',
    );
    expect(await key()).toMatch(/^ssh-ed25519 /);
    expect(await key()).not.toBe(before);
  });

  test('accounts become root each in its own way', async () => {
    const { passwords } = inventory;
    expect((await ssh('d001', 'sudo -n id -un', 'keyonly')).stdout).toBe('root');
    expect((await ssh('d001', 'sudo -n id -un', 'admin')).stderr).toContain('a password is required');
    const withPassword = `echo ${passwords.admin} | sudo -S -p '' id -un`;
    expect((await ssh('d001', withPassword, 'admin')).stdout).toBe('root');
    expect((await ssh('d018', withPassword, 'admin')).stdout).toBe('root');
    expect((await ssh('d001', `echo ${passwords.root} | su root -c 'id -un'`, 'plain')).stdout).toBe('root');
    await withFault('d001', 'password', 'else');
    expect((await ssh('d001', withPassword, 'admin')).exitCode).toBe(1);
    await withFault('d001', 'noSudo');
    expect((await ssh('d001', "echo else | sudo -S -p '' id -un", 'admin')).stderr).toContain(
      'not in the sudoers file',
    );
  });

  test('a login with a terminal is seen by who, and leaves again', async () => {
    const terminal = await lab.spawnInHub(
      'ssh',
      [
        '-tt',
        '-F/dev/null',
        '-oStrictHostKeyChecking=no',
        '-oUserKnownHostsFile=/dev/null',
        '-oLogLevel=ERROR',
        `-i${inventory.keyPath}`,
        'admin@d001',
      ],
      { stdio: ['pipe', 'ignore', 'inherit'] },
    );
    await lab.until('d001', 'who | grep -q "^admin .*pts/"');
    terminal.stdin?.end('exit\n');
    await lab.until('d001', '! who | grep -q "^admin "');
  });

  test('doas asks for the password on the terminal', async () => {
    const answers = await lab.exec(
      [
        'bash',
        '-c',
        `(sleep 0.7; echo "$PASSWORD"; sleep 0.5) | ssh -tt -F/dev/null -oStrictHostKeyChecking=no -oUserKnownHostsFile=/dev/null -i${inventory.keyPath} doasuser@d001 doas id -un`,
      ],
      { env: { PASSWORD: inventory.passwords.doasuser } },
    );
    expect(answers.stdout).toContain('root');
  });

  test('reboot changes the boot id, empties /run and /tmp, keeps the disk; so does reboot from inside', async () => {
    const bootId = () =>
      ssh('d004', 'cat /proc/sys/kernel/random/boot_id', 'root', ['-oConnectTimeout=2']).then(
        ({ stdout }) => stdout,
      );
    await ssh('d004', 'touch /root/kept /run/reboot-required /tmp/lost');
    const first = await bootId();
    await lab.reboot('d004', 1);
    await expect.poll(bootId, { timeout: 60_000 }).toMatch(/^[0-9a-f-]{36}$/);
    const second = await bootId();
    expect(second).not.toBe(first);
    expect((await ssh('d004', 'ls /root/kept /run/reboot-required /tmp/lost')).stdout).toBe('/root/kept');
    await ssh('d004', 'shutdown -r now');
    await expect
      .poll(
        async () => {
          const now = await bootId();
          return now !== '' && now !== second;
        },
        { timeout: 60_000 },
      )
      .toBe(true);
    expect(Number((await ssh('d004', 'cut -d. -f1 /proc/uptime')).stdout)).toBeLessThan(20);
  });

  test('a device without power is silent, and comes back with its disk', async () => {
    await ssh('d005', 'touch /root/kept');
    await lab.powerOff('d005');
    expect((await ssh('d005', 'true', 'root', ['-oConnectTimeout=2'])).exitCode).toBe(255);
    await lab.powerOn('d005');
    expect((await ssh('d005', 'ls /root')).stdout).toBe('kept');
  });

  test('further devices join the running lab', async () => {
    const [added] = await lab.start(1, 'rpm');
    expect(added?.kind).toBe('rpm');
    expect((await ssh(added?.name ?? '', 'rpm -q lab-base')).stdout).toContain('lab-base-9');
  });
});
