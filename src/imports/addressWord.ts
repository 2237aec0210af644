import { isIP } from 'node:net';
import type { Outcome } from '../domain/failure.ts';
import { fail, ok } from '../shared/result.ts';
import { expandBlock } from './addressBlock.ts';
import { invalid } from './deviceList.ts';

export interface Endpoint {
  readonly user: string | null;
  readonly address: string;
  readonly port: number | null;
}

/** The same rule as domain/schema.ts has for addresses: a name or number, nothing for a shell. */
const addressRule = /^[0-9A-Za-z_]([0-9A-Za-z._:%-]{0,252}[0-9A-Za-z_.])?$|^::[0-9A-Fa-f:.]*$/;
/** Digits and dots only, or with colons: somebody meant an IP address. */
const looksNumeric = /^[\d.]+$|:/;
const loginName = /^[^\s\p{Cc}@:/]{1,256}$/u;

export const isAddress = (text: string): boolean =>
  addressRule.test(text) && (!looksNumeric.test(text) || isIP(text) !== 0);

/** A port from 1 to 65535, or null. */
export function parsePort(text: string): number | null {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= 65_535 ? port : null;
}

/** `host`, `user@host`, `host:22`, `user@host:22`, `[fd00::1]:22`, `fd00::1`, or `ssh://` before any of these. */
export function parseEndpoint(word: string): Outcome<Endpoint> {
  const split = splitEndpoint(word);
  if (!split.ok) return split;
  const { user, host, port } = split.value;
  // A range would pass as a name; here one device is meant.
  if (!isAddress(host) || expandBlock(host) !== null) return fail(invalid('address', 'singleAddress'));
  return ok({ user, address: host, port });
}

/**
 * Like `parseEndpoint`, and a CIDR block or a range where the host stands: one endpoint for each address. Full-width
 * digits and letters, as a Japanese keyboard gives them, are taken as their narrow forms.
 */
export function parseAddressWord(word: string): Outcome<readonly Endpoint[]> {
  const split = splitEndpoint(word.normalize('NFKC').trim());
  if (!split.ok) return split;
  const { user, host, port } = split.value;
  const block = expandBlock(host);
  if (block === null) {
    return isAddress(host) ? ok([{ user, address: host, port }]) : fail(invalid('address', 'address'));
  }
  return block.ok ? ok(block.value.map((address) => ({ user, address, port }))) : block;
}

function splitEndpoint(word: string): Outcome<{ user: string | null; host: string; port: number | null }> {
  const bare = word.replace(/^ssh:\/\//, '').replace(/\/$/, '');
  const at = bare.lastIndexOf('@');
  const user = at === -1 ? null : bare.slice(0, at);
  if (user !== null && !loginName.test(user)) return fail(invalid('user', 'user'));
  const place = bare.slice(at + 1);
  const bracketed = /^\[([^\]]*)\](?::(.*))?$/.exec(place);
  const plain = bracketed ? null : /^([^:]*):([^:]*)$/.exec(place);
  const host = bracketed?.[1] ?? plain?.[1] ?? place;
  const portText = bracketed?.[2] ?? plain?.[2] ?? null;
  const port = portText === null ? null : parsePort(portText);
  if (portText !== null && port === null) return fail(invalid('port', 'port'));
  return ok({ user, host, port });
}
