import { createHmac, timingSafeEqual } from 'node:crypto';

/** One line of an OpenSSH known_hosts file (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT). */
export interface KnownHostLine {
  /** certAuthority: reported, never believed: ssh2 has no host certificates. */
  readonly marker: 'none' | 'revoked' | 'certAuthority';
  readonly hosts: string;
  readonly keyType: string;
  /** The public key's blob in base64. */
  readonly key: string;
}

export interface KnownHosts {
  readonly lines: readonly KnownHostLine[];
  /** Numbers (from 1) of lines that are no comment and could not be read: said aloud, never guessed at. */
  readonly unreadable: readonly number[];
}

const markers: Readonly<Record<string, KnownHostLine['marker']>> = {
  '@revoked': 'revoked',
  '@cert-authority': 'certAuthority',
};

export function parseKnownHosts(text: string): KnownHosts {
  const lines: KnownHostLine[] = [];
  const unreadable: number[] = [];
  text.split('\n').forEach((raw, index) => {
    const line = raw.replace(/\r$/, '').replace(/^[ \t]+/, '');
    if (line === '' || line.startsWith('#') || line.startsWith('\0')) return;
    const parsed = parseLine(line);
    if (parsed === null) unreadable.push(index + 1);
    else lines.push(parsed);
  });
  return { lines, unreadable };
}

function parseLine(line: string): KnownHostLine | null {
  const words = line.split(/[ \t]+/);
  const marker = words[0]?.startsWith('@') ? markers[words.shift() ?? ''] : 'none';
  const [hosts, keyType, key] = words;
  if (marker === undefined || !hosts || !keyType || !key) return null;
  return isKeyOfType(key, keyType) ? { marker, hosts, keyType, key } : null;
}

/** The blob begins with its own type (RFC 4253, 6.6): a line whose words disagree is damaged. */
function isKeyOfType(key: string, keyType: string): boolean {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(key)) return false;
  return keyTypeOf(Buffer.from(key, 'base64')) === keyType;
}

/** The type that a public key's blob names, or null. */
export function keyTypeOf(blob: Buffer): string | null {
  if (blob.length < 4) return null;
  const length = blob.readUInt32BE(0);
  return length > 0 && length <= blob.length - 4 ? blob.toString('latin1', 4, 4 + length) : null;
}

/** How known_hosts names a host: `[host]:port` unless the port is 22. Names are compared in lower case. */
export const knownHostName = (address: string, port: number): string =>
  port === 22 ? address.toLowerCase() : `[${address.toLowerCase()}]:${port}`;

/** Whether a line's host field stands for the name (of `knownHostName`). */
export function matchesHosts(hosts: string, name: string): boolean {
  if (hosts.startsWith('|')) return matchesHashed(hosts, name);
  const patterns = hosts.split(',');
  let isMatch = false;
  for (const pattern of patterns) {
    const isNegated = pattern.startsWith('!');
    const body = (isNegated ? pattern.slice(1) : pattern).toLowerCase();
    if (!matchesPattern(body, name)) continue;
    // One negated match refuses the whole line, whatever else matches.
    if (isNegated) return false;
    isMatch = true;
  }
  return isMatch;
}

/** `|1|salt|hash`: HMAC-SHA1 of the name under the salt. */
function matchesHashed(hosts: string, name: string): boolean {
  const [, magic, salt, hash] = hosts.split('|');
  if (magic !== '1' || salt === undefined || hash === undefined) return false;
  const wanted = Buffer.from(hash, 'base64');
  const actual = createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest();
  return wanted.length === actual.length && timingSafeEqual(wanted, actual);
}

/** `*` any run of characters, `?` any one: without backtracking over more than one star (no ReDoS). */
export function matchesPattern(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let starText = 0;
  while (t < text.length) {
    if (pattern[p] === '*') {
      star = p++;
      starText = t;
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === text[t])) {
      p++;
      t++;
    } else if (star !== -1) {
      p = star + 1;
      t = ++starText;
    } else return false;
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}
