import { describe, expect, it } from 'vitest';
import { parseAddressFile, parseTypedAddresses } from '../../../src/console/wizard/addressList.ts';

const addresses = (text: string) => parseTypedAddresses(text).devices.map(({ address }) => address);
const refused = (text: string) => parseTypedAddresses(text).refused.map((line) => line.text);

describe('typed addresses (B10)', () => {
  it.each([
    ['web01 web02', ['web01', 'web02']],
    ['web01,web02;web03', ['web01', 'web02', 'web03']],
    ['web01、web02　web03', ['web01', 'web02', 'web03']],
    ['１０．０．０．１', ['10.0.0.1']],
    ['10.0.0.8/30', ['10.0.0.9', '10.0.0.10']],
    ['10.0.0.5-7', ['10.0.0.5', '10.0.0.6', '10.0.0.7']],
    ['10.0.0.5 - 10.0.0.6', ['10.0.0.5', '10.0.0.6']],
    ['10.0.0.5～10.0.0.6', ['10.0.0.5', '10.0.0.6']],
    ['db-1', ['db-1']],
    ['', []],
  ])('reads %j', (text, expected) => {
    expect(addresses(text)).toEqual(expected);
    expect(refused(text)).toEqual([]);
  });

  it('reads user and port', () => {
    expect(parseTypedAddresses('admin@web01:2222').devices).toMatchObject([
      { user: 'admin', address: 'web01', port: 2222 },
    ]);
  });

  it('names exactly what it cannot read', () => {
    expect(refused('web01, 10.0.0.300, $(reboot), -oProxyCommand=x')).toEqual([
      '10.0.0.300',
      '$(reboot)',
      '-oProxyCommand=x',
    ]);
  });

  it('takes an address once that is typed twice', () => {
    expect(addresses('web01 WEB01 10.0.0.1 10.0.0.0/30')).toEqual(['web01', '10.0.0.1', '10.0.0.2']);
    expect(refused('web01 web01')).toEqual([]);
  });
});

describe('a text file of addresses', () => {
  it('has one address a line and comments', () => {
    const list = parseAddressFile('# web\nweb01\r\n10.0.0.0/30 # block\n\nno good\nweb01\n');
    expect(list.devices.map(({ address }) => address)).toEqual(['web01', '10.0.0.1', '10.0.0.2']);
    expect(list.refused.map(({ line }) => line)).toEqual([5]);
  });
});
