import { describe, expect, it } from 'vitest';
import { deviceSchema } from '../../src/domain/schema.ts';
import { isAddress, parseAddressWord } from '../../src/imports/addressWord.ts';
import { formatIp, parseIp } from '../../src/imports/ipNumber.ts';

const addresses = (word: string): string[] | string => {
  const parsed = parseAddressWord(word);
  return parsed.ok
    ? parsed.value.map(
        ({ user, address, port }) => `${user ? `${user}@` : ''}${address}${port ? ` ${port}` : ''}`,
      )
    : `${parsed.failure.params.field}: ${parsed.failure.params.expected}`;
};

describe('an address as people write it', () => {
  it.each([
    ['web-01.example', ['web-01.example']],
    ['a-1', ['a-1']],
    ['10.0.0.5', ['10.0.0.5']],
    ['10.0.0.5:2222', ['10.0.0.5 2222']],
    ['root@web:22', ['root@web 22']],
    ['DOMAIN\\me@web', ['DOMAIN\\me@web']],
    ['fd00::1', ['fd00::1']],
    ['[fd00::1]:2222', ['fd00::1 2222']],
    ['u@[::1]', ['u@::1']],
    ['fe80::1%eth0', ['fe80::1%eth0']],
    ['ssh://u@web:22/', ['u@web 22']],
    ['１０．０．０．５', ['10.0.0.5']],
    ['10.0.0.0/30', ['10.0.0.1', '10.0.0.2']],
    ['10.0.0.6/31', ['10.0.0.6', '10.0.0.7']],
    ['10.0.0.7/32', ['10.0.0.7']],
    ['10.0.0.254-10.0.1.1', ['10.0.0.254', '10.0.0.255', '10.0.1.0', '10.0.1.1']],
    ['10.0.0.5-7', ['10.0.0.5', '10.0.0.6', '10.0.0.7']],
    ['u@10.0.0.5-6:2222', ['u@10.0.0.5 2222', 'u@10.0.0.6 2222']],
    ['fd00::fffe-fd00::1:0', ['fd00::fffe', 'fd00::ffff', 'fd00::1:0']],
    ['fd00::/126', ['fd00::', 'fd00::1', 'fd00::2', 'fd00::3']],
  ])('%s', (word, expected) => expect(addresses(word)).toEqual(expected));

  it.each([
    ['10.0.0.256', 'address: address'],
    ['10.0.0', 'address: address'],
    ['-oProxyCommand=x', 'address: address'],
    ['a b', 'address: address'],
    ['web;rm', 'address: address'],
    ['web:0', 'port: port'],
    ['web:65536', 'port: port'],
    ['@web', 'user: user'],
    ['10.0.0.0/33', 'address: cidr'],
    ['10.0.0.0/8', 'address: blockSize'],
    ['::/0', 'address: blockSize'],
    ['10.0.0.9-10.0.0.1', 'address: range'],
    ['10.0.0.9-300', 'address: range'],
    ['10.0.0.1-10.255.0.1', 'address: blockSize'],
  ])('%s is refused', (word, expected) => expect(addresses(word)).toBe(expected));

  it('takes a /16 whole', () => expect(addresses('10.1.0.0/16')).toHaveLength(65_534));

  it('accepts nothing that the store would refuse', () => {
    const words = [
      'web',
      '10.0.0.1',
      '::1',
      'fe80::1%eth0',
      '-a',
      'a-',
      'a.',
      '',
      'é',
      'a'.repeat(255),
      'a_b',
      '.a',
    ];
    for (const word of words)
      if (isAddress(word)) expect(deviceSchema.shape.address.safeParse(word).success, word).toBe(true);
  });
});

it.each([
  '::',
  '::1',
  '1::',
  'fd00::1',
  '1:2:3:4:5:6:7:8',
  '1:0:0:2::3',
  '::ffff:102:304',
  '2001:db8::1:0:0:1',
])('IPv6 %s survives being a number', (text) => expect(formatIp(parseIp(text)!)).toBe(text));
it('reads the dotted tail of IPv6', () =>
  expect(formatIp(parseIp('::ffff:1.2.3.4')!)).toBe('::ffff:102:304'));
