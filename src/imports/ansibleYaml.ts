import { type Document, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import { type DeviceList, DeviceListBuilder, invalid, mostDevices } from './deviceList.ts';
import { expandPattern } from './hostPattern.ts';
import { Inventory } from './inventory.ts';

/** A document may point at itself this often: enough for shared variables, not for a "billion laughs". */
const mostAliases = 1000;
const deepest = 32;

/** An Ansible inventory in YAML format. */
export function parseAnsibleYaml(text: string): DeviceList {
  const builder = new DeviceListBuilder();
  const lines = new LineCounter();
  let root: unknown;
  let lineOf: ReadonlyMap<string, number>;
  try {
    const document = parseDocument(text, { lineCounter: lines, merge: true, version: '1.1' });
    for (const error of document.errors.slice(0, 20))
      builder.refuse(error.linePos?.[0].line ?? 1, '', invalid('yaml', 'yaml'));
    if (document.errors.length > 0) return builder.list();
    root = document.toJS({ maxAliasCount: mostAliases, mapAsMap: true });
    lineOf = keyLines(document, lines);
  } catch {
    // The library throws for what no value can say: too many aliases, nesting beyond the stack.
    builder.refuse(1, '', invalid('yaml', 'yaml'));
    return builder.list();
  }
  if (!(root instanceof Map)) {
    builder.refuse(1, '', invalid('yaml', 'inventoryMap'));
    return builder.list();
  }
  const inventory = new Inventory();
  for (const [name, value] of root) readGroup(inventory, builder, String(name), value, lineOf, 0);
  inventory.fill(builder);
  return builder.list();
}

/** Where each key is first written. */
function keyLines(document: Document, lines: LineCounter): Map<string, number> {
  const found = new Map<string, number>();
  visit(document, {
    Pair: (_, { key }) => {
      if (!isScalar(key) || key.range == null) return;
      const name = String(key.value);
      if (!found.has(name)) found.set(name, lines.linePos(key.range[0]).line);
    },
  });
  return found;
}

function readGroup(
  inventory: Inventory,
  builder: DeviceListBuilder,
  name: string,
  value: unknown,
  lineOf: ReadonlyMap<string, number>,
  depth: number,
): void {
  const group = inventory.group(name);
  const line = lineOf.get(name) ?? 1;
  if (value === null || value === undefined) return;
  if (!(value instanceof Map) || depth > deepest) {
    builder.refuse(line, name, invalid('yaml', 'inventoryMap'));
    return;
  }
  for (const [key, variable] of entries(value.get('vars'))) group.variables.set(key, textOf(variable));
  for (const [pattern, variables] of entries(value.get('hosts'))) {
    const names = expandPattern(pattern);
    const hostLine = lineOf.get(pattern) ?? line;
    if (!names.ok) {
      builder.refuse(hostLine, pattern, names.failure);
      continue;
    }
    for (const host of names.value) {
      if (inventory.hosts.size > mostDevices) return;
      const own = inventory.host(host, hostLine, name);
      for (const [key, variable] of entries(variables)) own.set(key, textOf(variable));
    }
  }
  for (const [child, content] of entries(value.get('children'))) {
    if (name !== 'all') inventory.group(child).parents.add(name);
    readGroup(inventory, builder, child, content, lineOf, depth + 1);
  }
}

const entries = (value: unknown): [string, unknown][] =>
  value instanceof Map ? [...value].map(([key, one]) => [String(key), one]) : [];

const textOf = (value: unknown): string => (typeof value === 'object' && value !== null ? '' : String(value));
