import type { Outcome } from '../domain/failure.ts';
import type { Platform } from '../domain/model.ts';
import { fail, ok } from '../shared/result.ts';
import { isAddress, parseEndpoint, parsePort } from './addressWord.ts';
import { type DeviceListBuilder, type ImportedDevice, invalid } from './deviceList.ts';
import { parseGroupPath, parseName, parseUser } from './fields.ts';
import { parseJump } from './jumpHost.ts';

type Variables = Map<string, string>;

interface Group {
  readonly hosts: Set<string>;
  readonly parents: Set<string>;
  readonly variables: Variables;
}

/** Ansible's model: hosts in groups in groups, variables at each. Filled by the INI and the YAML reader. */
export class Inventory {
  readonly hosts = new Map<string, { line: number; variables: Variables }>();
  readonly #groups = new Map<string, Group>();

  group(name: string): Group {
    let group = this.#groups.get(name);
    if (group === undefined) {
      group = { hosts: new Set(), parents: new Set(), variables: new Map() };
      this.#groups.set(name, group);
    }
    return group;
  }

  host(name: string, line: number, groupName: string): Variables {
    let host = this.hosts.get(name);
    if (host === undefined) {
      host = { line, variables: new Map() };
      this.hosts.set(name, host);
    }
    this.group(groupName).hosts.add(name);
    return host.variables;
  }

  /** Each host as a device: its own variables win over its groups', a child's over its parent's, all lose to none. */
  fill(builder: DeviceListBuilder): void {
    const groupsOf = new Map<string, string[]>();
    for (const [name, group] of this.#groups)
      for (const host of group.hosts) {
        const names = groupsOf.get(host);
        if (names === undefined) groupsOf.set(host, [name]);
        else names.push(name);
      }
    const known = new Map<string, readonly string[]>();
    for (const [name, { line, variables }] of this.hosts) {
      if (builder.isFull) return;
      const chains = (groupsOf.get(name) ?? []).map((group) => this.#chain(group, known));
      // Depth first: a longer chain speaks later, so it wins.
      const ordered = chains.toSorted((a, b) => a.length - b.length);
      const merged: Variables = new Map(this.#groups.get('all')?.variables);
      for (const chain of ordered)
        for (const group of chain)
          for (const [key, value] of this.#groups.get(group)?.variables ?? []) merged.set(key, value);
      for (const [key, value] of variables) merged.set(key, value);
      const deepest = chains.reduce<readonly string[]>(
        (best, one) => (one.length > best.length ? one : best),
        [],
      );
      builder.take(line, name, hostDevice(name, line, merged, deepest));
    }
  }

  /** From the outermost parent to the group itself, along first parents; a circle is cut where it closes. */
  #chain(name: string, known: Map<string, readonly string[]>): readonly string[] {
    const cached = known.get(name);
    if (cached !== undefined) return cached;
    const chain: string[] = [];
    const seen = new Set<string>();
    for (let at: string | undefined = name; at !== undefined && !seen.has(at); ) {
      seen.add(at);
      if (at !== 'all' && at !== 'ungrouped') chain.unshift(at);
      at = [...(this.#groups.get(at)?.parents ?? [])][0];
    }
    known.set(name, chain);
    return chain;
  }
}

function hostDevice(
  name: string,
  line: number,
  variables: Variables,
  groups: readonly string[],
): Outcome<readonly ImportedDevice[]> {
  const refuse = (field: string, expected: string) => fail(invalid(field, expected));
  const read = (...keys: string[]) =>
    keys.map((key) => variables.get(key)).find((value) => value !== undefined);
  const used = [
    read('ansible_host', 'ansible_ssh_host'),
    read('ansible_port', 'ansible_ssh_port'),
    read('ansible_user', 'ansible_ssh_user'),
  ] as const;
  if (used.some((value) => value?.includes('{{'))) return refuse('variables', 'noTemplate');
  if (read('ansible_connection') === 'local') return refuse('ansible_connection', 'remote');
  const place = used[0] === undefined ? parseEndpoint(name) : null;
  if (place !== null && !place.ok) return place;
  const address = used[0] ?? (place?.ok ? place.value.address : name);
  if (!isAddress(address)) return refuse('ansible_host', 'address');
  const port = used[1] === undefined ? (place?.ok && place.value.port) || null : parsePort(used[1]);
  if (used[1] !== undefined && port === null) return refuse('ansible_port', 'port');
  const user = used[2] === undefined ? null : parseUser(used[2]);
  if (used[2] !== undefined && user === null) return refuse('ansible_user', 'user');
  const jump = jumpOf(variables);
  if (jump !== null && !jump.ok) return jump;
  return ok([
    {
      line,
      name: parseName(name) ?? address,
      address,
      port,
      user,
      jumpHost: jump?.value ?? null,
      groupPath: groups.length === 0 ? null : parseGroupPath(groups.join('/')),
      platform: platformOf(variables),
    },
  ]);
}

function platformOf(variables: Variables): Platform {
  const connection = variables.get('ansible_connection');
  if (connection === 'winrm' || connection === 'psrp') return 'windows';
  if (/^(powershell|cmd)$/.test(variables.get('ansible_shell_type') ?? '')) return 'windows';
  return 'linux';
}

function jumpOf(variables: Variables): ReturnType<typeof parseJump> | null {
  const options = `${variables.get('ansible_ssh_common_args') ?? ''} ${variables.get('ansible_ssh_extra_args') ?? ''}`;
  const jump =
    /-o\s*["']?ProxyJump[= ]["']?([^\s"']+)/i.exec(options)?.[1] ??
    /(?:^|\s)-J\s*([^\s"']+)/.exec(options)?.[1] ??
    /ProxyCommand.*?\bssh\b.*?\s-W\s*\S+\s+(?:-\S+\s+)*([^\s"'-][^\s"']*)/i.exec(options)?.[1];
  return jump === undefined ? null : parseJump(jump);
}
