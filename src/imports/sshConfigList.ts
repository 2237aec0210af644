import { parse } from 'ssh-config';
import type { Outcome } from '../domain/failure.ts';
import type { JumpHost } from '../domain/model.ts';
import { fail, ok } from '../shared/result.ts';
import { isAddress, parsePort } from './addressWord.ts';
import { type DeviceList, DeviceListBuilder, type ImportedDevice, invalid } from './deviceList.ts';
import { parseUser } from './fields.ts';
import { parseJump } from './jumpHost.ts';

type Config = ReturnType<typeof parse>;

/** Each host costs a walk through the whole file. */
const mostHosts = 2000;

/**
 * An OpenSSH client configuration (`man 5 ssh_config`): each concrete Host becomes a device; sections with
 * wildcards apply to it. No program is run (`Match exec`, `ProxyCommand`) and no other file is read (`Include`).
 */
export function parseSshConfigList(text: string): DeviceList {
  const builder = new DeviceListBuilder();
  let config: Config;
  try {
    config = parse(text);
  } catch {
    builder.refuse(1, '', invalid('ssh-config', 'sshConfig'));
    return builder.list();
  }
  let count = 0;
  const seen = new Set<string>();
  for (const [index, raw] of text.split(/\r\n|\n|\r/).entries()) {
    const line = index + 1;
    if (/^\s*include[\s=]/i.test(raw)) builder.refuse(line, raw, invalid('Include', 'noInclude'));
    const names = /^\s*host(?:\s*=\s*|\s+)(.*)$/i.exec(raw)?.[1];
    if (names === undefined) continue;
    for (const name of names.replace(/"/g, ' ').split(/\s+/)) {
      if (name === '' || /[*?!]/.test(name) || seen.has(name)) continue;
      seen.add(name);
      count += 1;
      if (count > mostHosts) {
        builder.refuse(line, raw, invalid('Host', 'hostLimit'));
        return builder.list();
      }
      builder.take(line, raw, hostDevice(config, name, line));
    }
  }
  return builder.list();
}

interface Settings {
  readonly address: string;
  readonly port: string | undefined;
  readonly user: string | undefined;
  readonly jump: string | undefined;
  readonly command: string | undefined;
}

function settingsOf(config: Config, name: string): Settings | null {
  try {
    const computed = config.compute(name, { ignoreCase: true, matchExec: false });
    const read = (key: string): string | undefined => {
      const value = computed[key];
      return Array.isArray(value) ? value.join(' ') : value;
    };
    const address = (read('hostname') ?? name).replace(/%(.)/g, (whole, token: string) =>
      token === 'h' ? name : token === '%' ? '%' : whole,
    );
    return {
      address,
      port: read('port'),
      user: read('user'),
      jump: read('proxyjump'),
      command: read('proxycommand'),
    };
  } catch {
    // A pattern that the library's glob cannot read.
    return null;
  }
}

function hostDevice(config: Config, name: string, line: number): Outcome<readonly ImportedDevice[]> {
  const refuse = (field: string, expected: string) => fail(invalid(field, expected));
  const settings = settingsOf(config, name);
  if (settings === null) return refuse('Host', 'sshConfig');
  if (!isAddress(settings.address)) return refuse('HostName', 'address');
  const port = settings.port === undefined ? null : parsePort(settings.port);
  if (settings.port !== undefined && port === null) return refuse('Port', 'port');
  const user = settings.user === undefined ? null : parseUser(settings.user);
  if (settings.user !== undefined && user === null) return refuse('User', 'user');
  const jump = jumpOf(config, settings);
  if (!jump.ok) return jump;
  return ok([
    {
      line,
      name,
      address: settings.address,
      port,
      user,
      jumpHost: jump.value,
      groupPath: null,
      platform: 'linux',
    },
  ]);
}

/** The jump host is a name of the same file more often than not: its own settings count. */
function jumpOf(config: Config, { jump, command }: Settings): Outcome<JumpHost | null> {
  const throughSsh = /^ssh\s+(?:-\w\s+(?:%h:%p|\S+)\s+)*?-W\s+%h:%p\s+(\S+)$|^ssh\s+(\S+)\s+-W\s+%h:%p$/.exec(
    command ?? '',
  );
  if (jump === undefined && command !== undefined && command.toLowerCase() !== 'none' && throughSsh === null)
    return fail(invalid('ProxyCommand', 'noProxyCommand'));
  const word = jump ?? throughSsh?.[1] ?? throughSsh?.[2];
  if (word === undefined) return ok(null);
  const parsed = parseJump(word);
  if (!parsed.ok || parsed.value === null) return parsed;
  const { address, port, user } = parsed.value;
  const settings = settingsOf(config, address);
  if (settings === null || !isAddress(settings.address)) return fail(invalid('ProxyJump', 'address'));
  return ok({
    address: settings.address,
    port: port ?? (settings.port === undefined ? null : parsePort(settings.port)),
    user: user ?? settings.user ?? null,
  });
}
