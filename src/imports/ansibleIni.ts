import { type DeviceList, DeviceListBuilder, invalid } from './deviceList.ts';
import { expandPattern } from './hostPattern.ts';
import { Inventory } from './inventory.ts';
import { shellWords } from './shellWords.ts';

const sectionLine = /^\[([^\]:]+)(?::(\w+))?\]\s*(?:[#;].*)?$/;

/** An Ansible inventory in INI format: groups, children, variables and host ranges. */
export function parseAnsibleIni(text: string): DeviceList {
  const builder = new DeviceListBuilder();
  const inventory = new Inventory();
  let group = 'ungrouped';
  let kind = 'hosts';
  for (const [index, raw] of text.split(/\r\n|\n|\r/).entries()) {
    const line = index + 1;
    const trimmed = raw.trim();
    if (trimmed === '' || trimmed.startsWith('#') || trimmed.startsWith(';')) continue;
    const section = sectionLine.exec(trimmed);
    const refuse = (expected: string) => builder.refuse(line, raw, invalid('inventory', expected));
    if (section !== null && !/^\d+$/.test(section[2] ?? '')) {
      group = section[1]!.trim();
      kind = section[2] ?? 'hosts';
      if (!['hosts', 'children', 'vars'].includes(kind)) refuse('inventorySection');
      else inventory.group(group);
    } else if (kind === 'vars') {
      const assigned = /^([^=\s]+)\s*=\s*(.*)$/.exec(trimmed);
      if (assigned === null) refuse('inventoryVariable');
      else inventory.group(group).variables.set(assigned[1]!, unquoted(assigned[2]!));
    } else if (kind === 'children') {
      inventory.group(trimmed.replace(/\s+#.*$/, '')).parents.add(group);
    } else if (kind === 'hosts') {
      const words = shellWords(trimmed);
      const names = words === null ? null : expandPattern(words[0] ?? '');
      if (words === null || names === null || !names.ok) refuse(words === null ? 'quotes' : 'hostRange');
      else {
        for (const name of names.value) {
          const variables = inventory.host(name, line, group);
          for (const word of words.slice(1)) {
            const equals = word.indexOf('=');
            if (equals > 0) variables.set(word.slice(0, equals), word.slice(equals + 1));
          }
        }
      }
    }
    if (inventory.hosts.size > 100_000) break;
  }
  inventory.fill(builder);
  return builder.list();
}

const unquoted = (value: string): string => {
  const bare = value.replace(/\s+#.*$/, '').trim();
  return /^(["']).*\1$/.test(bare) ? bare.slice(1, -1) : bare;
};
