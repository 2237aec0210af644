import { parse } from 'csv-parse/sync';
import { failure, type Outcome } from '../domain/failure.ts';
import { fail, ok } from '../shared/result.ts';
import { parseAddressWord, parsePort } from './addressWord.ts';
import { type DeviceList, DeviceListBuilder, type ImportedDevice, invalid } from './deviceList.ts';
import { parseGroupPath, parseName, parsePlatform, parseUser } from './fields.ts';

type Column = 'name' | 'address' | 'port' | 'user' | 'group' | 'platform';

/** What spreadsheets call the columns, folded: lower case, narrow, without blanks, `_` and `-`. */
const headers: Readonly<Record<Column, readonly string[]>> = {
  name: ['name', 'device', 'devicename', '名前', '名称', 'デバイス', 'デバイス名'],
  address: ['address', 'ip', 'ipaddress', 'アドレス', 'ipアドレス'],
  port: ['port', 'sshport', 'ポート', 'ポート番号', 'sshポート'],
  user: ['user', 'username', 'login', 'ユーザー', 'ユーザ', 'ユーザー名', 'ユーザ名'],
  group: ['group', 'grouppath', 'グループ', '管理グループ'],
  platform: ['platform', 'os', 'プラットフォーム'],
};
/** A host's name is its address, unless another column has that. */
const hostHeaders = ['host', 'hostname', 'fqdn', 'ホスト', 'ホスト名'];
const columns = Object.keys(headers) as Column[];

const folded = (header: string): string =>
  header
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_-]/g, '');

/** The delimiter that stands most often in the first line with text. */
function delimiterOf(text: string): string {
  const first = /^[ \t]*\S[^\r\n]*/m.exec(text)?.[0] ?? '';
  return [',', ';', '\t'].toSorted((a, b) => first.split(b).length - first.split(a).length)[0]!;
}

interface Row {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/** RFC 4180 with a header line; columns in any order, names in English or Japanese, unknown ones ignored. */
export function parseCsvList(text: string): DeviceList {
  const builder = new DeviceListBuilder();
  let rows: readonly Row[];
  try {
    rows = parse(text, {
      delimiter: delimiterOf(text),
      bom: true,
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      trim: true,
      max_record_size: 65_536,
    }) as unknown as readonly Row[];
  } catch (error) {
    const line = Number((error as { lines?: number }).lines ?? 1);
    builder.refuse(line, '', failure('input.invalid', { field: 'csv', expected: 'csv' }));
    return builder.list();
  }
  const [header, ...body] = rows;
  const places = placesOf(header?.record ?? []);
  if (!places.has('address')) {
    builder.refuse(header?.info.lines ?? 1, header?.record.join(',') ?? '', invalid('address', 'csvHeader'));
    return builder.list();
  }
  for (const row of body) {
    if (builder.isFull) break;
    const { lines } = row.info;
    const cell = (column: Column) => row.record[places.get(column) ?? -1]?.trim() ?? '';
    builder.take(lines, row.record.join(','), rowDevices(cell, lines));
  }
  return builder.list();
}

function placesOf(header: readonly string[]): Map<Column, number> {
  const words = header.map(folded);
  const places = new Map<Column, number>();
  for (const column of columns) {
    const index = words.findIndex((word) => headers[column].includes(word));
    if (index !== -1) places.set(column, index);
  }
  const host = words.findIndex((word) => hostHeaders.includes(word));
  const free = (['address', 'name'] as const).find((column) => !places.has(column));
  if (host !== -1 && free !== undefined) places.set(free, host);
  return places;
}

function rowDevices(cell: (column: Column) => string, line: number): Outcome<readonly ImportedDevice[]> {
  const refuse = (field: string, expected: string) => fail(invalid(field, expected));
  const endpoints = parseAddressWord(cell('address'));
  if (!endpoints.ok) return endpoints;
  const port = cell('port') === '' ? null : parsePort(cell('port').normalize('NFKC'));
  if (cell('port') !== '' && port === null) return refuse('port', 'port');
  const platform = cell('platform') === '' ? 'linux' : parsePlatform(cell('platform'));
  if (platform === null) return refuse('platform', 'platform');
  const groupPath = cell('group') === '' ? null : parseGroupPath(cell('group'));
  if (cell('group') !== '' && groupPath === null) return refuse('group', 'groupPath');
  const user = cell('user') === '' ? null : parseUser(cell('user'));
  if (cell('user') !== '' && user === null) return refuse('user', 'user');
  const name = cell('name') === '' ? null : parseName(cell('name'));
  if (cell('name') !== '' && name === null) return refuse('name', 'name');
  const isBlock = endpoints.value.length > 1;
  const devices = endpoints.value.map((endpoint) => ({
    line,
    name: isBlock || name === null ? endpoint.address : name,
    address: endpoint.address,
    port: port ?? endpoint.port,
    user: user ?? endpoint.user,
    jumpHost: null,
    groupPath,
    platform,
  }));
  return ok(devices);
}
