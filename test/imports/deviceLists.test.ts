import { describe, expect, it } from 'vitest';
import type { DeviceList } from '../../src/imports/deviceList.ts';
import { parseDeviceList } from '../../src/imports/registry.ts';

const read = (text: string, fileName = 'list', format: string | null = null) =>
  parseDeviceList(new TextEncoder().encode(text), fileName, format);
const brief = (list: DeviceList) =>
  list.devices.map(({ line, name, address, port, user, groupPath, platform, jumpHost }) => {
    const jump =
      jumpHost === null ? '' : ` via ${jumpHost.user ?? ''}@${jumpHost.address}:${jumpHost.port ?? ''}`;
    return `${line} ${name}=${user ?? ''}@${address}:${port ?? ''} ${groupPath ?? '-'} ${platform}${jump}`;
  });
const refusals = (list: DeviceList) =>
  list.refused.map((one) => `${one.line} ${one.failure.params.expected}`);

describe('text list', () => {
  it('has one address a line', async () => {
    const list = await read(
      '# servers, first floor\r\nweb-1\n\nroot@10.0.0.5:2222 # the old one\n10.0.0.7-8\nweb-1\na b\nx y\n',
    );
    expect(list.format).toBe('text');
    expect(brief(list)).toEqual([
      '2 web-1=@web-1: - linux',
      '4 10.0.0.5=root@10.0.0.5:2222 - linux',
      '5 10.0.0.7=@10.0.0.7: - linux',
      '5 10.0.0.8=@10.0.0.8: - linux',
    ]);
    expect(refusals(list)).toEqual(['6 onlyOnce', '7 oneAddress', '8 oneAddress']);
  });

  it('stops at 100,000 devices and says so', async () => {
    const list = await read('10.1.0.0/16\n10.2.0.0/16\n');
    expect(list.devices).toHaveLength(100_000);
    expect(refusals(list)).toEqual(['2 deviceLimit']);
  });
});

describe('CSV', () => {
  it('reads Japanese columns with any delimiter', async () => {
    const list = await read(
      '名前;アドレス;ポート;グループ;OS\n東京;10.0.0.1;2222;東京/Web;\n大阪;10.0.0.2;;;Windows 11\n',
      'a.csv',
    );
    expect(brief(list)).toEqual(['2 東京=@10.0.0.1:2222 東京/Web linux', '3 大阪=@10.0.0.2: - windows']);
  });

  it('reads Shift_JIS as spreadsheets write it', async () => {
    const bytes = Buffer.concat([
      Buffer.from([0x96, 0xbc, 0x91, 0x4f]),
      Buffer.from(','),
      Buffer.from([0x83, 0x41, 0x83, 0x68, 0x83, 0x8c, 0x83, 0x58]),
      Buffer.from('\r\n'),
      Buffer.from([0x93, 0x8c, 0x8b, 0x9e]),
      Buffer.from(',10.0.0.1\r\n'),
    ]);
    expect(brief(await parseDeviceList(bytes, 'a.csv', null))).toEqual(['2 東京=@10.0.0.1: - linux']);
  });

  it('knows a byte order mark, quotes and a host name beside an address', async () => {
    const list = await read('\ufeffHost Name,IP Address\n"web, one",10.0.0.1\n');
    expect(list.format).toBe('csv');
    expect(brief(list)).toEqual(['2 web, one=@10.0.0.1: - linux']);
  });

  it('takes a host name for the address when there is no other', async () =>
    expect(brief(await read('hostname\tport\nweb\t22\n', 'a.tsv'))).toEqual(['2 web=@web:22 - linux']));

  it('refuses by line', async () => {
    const list = await read(
      'address,port,platform,group\nweb,x,,\nweb,,amiga,\nweb,,,a//b\n10.0.0.300,,,\n',
      'a.csv',
    );
    expect(list.devices).toEqual([]);
    expect(refusals(list)).toEqual(['2 port', '3 platform', '4 groupPath', '5 address']);
    expect(refusals(await read('a,b\n1,2\n', 'a.csv'))).toEqual(['1 csvHeader']);
  });
});

describe('Ansible', () => {
  const ini = `
mail.example ansible_user=postmaster
[web]
www[01:03].example ansible_port=2222
db ansible_host=10.0.0.9 ansible_user="the user"
[tokyo:children]
web
[tokyo:vars]
ansible_ssh_common_args='-o ProxyJump=jump@bastion:22'
[win]
pc1 ansible_connection=winrm
[all:vars]
ansible_user=deploy
[broken]
t ansible_host={{ lookup }}
open ansible_user="x
me ansible_connection=local
`;
  it('reads INI', async () => {
    const list = await read(ini);
    expect(list.format).toBe('ansible');
    expect(brief(list)).toEqual([
      '2 mail.example=postmaster@mail.example: - linux',
      '4 www01.example=deploy@www01.example:2222 tokyo/web linux via jump@bastion:22',
      '4 www02.example=deploy@www02.example:2222 tokyo/web linux via jump@bastion:22',
      '4 www03.example=deploy@www03.example:2222 tokyo/web linux via jump@bastion:22',
      '5 db=the user@10.0.0.9: tokyo/web linux via jump@bastion:22',
      '11 pc1=deploy@pc1: win windows',
    ]);
    expect(refusals(list)).toEqual(['16 quotes', '15 noTemplate', '17 remote']);
  });

  it('reads YAML', async () => {
    const list = await read(`---
all:
  vars: { ansible_user: deploy }
  children:
    tokyo:
      children:
        web:
          hosts:
            www[1:2]: { ansible_port: 2222 }
      vars: &v
        ansible_ssh_common_args: -J bastion
    osaka:
      vars: { <<: *v, ansible_user: osaka }
      hosts:
        pc1:
          ansible_host: 10.0.0.4
`);
    expect(brief(list)).toEqual([
      '9 www1=deploy@www1:2222 tokyo/web linux via @bastion:',
      '9 www2=deploy@www2:2222 tokyo/web linux via @bastion:',
      '15 pc1=osaka@10.0.0.4: osaka linux via @bastion:',
    ]);
  });

  it('survives groups in a circle', async () => {
    const list = await read('[a:children]\nb\n[b:children]\na\n[a]\nx\n', 'hosts.ini');
    expect(brief(list)).toEqual(['6 x=@x: b/a linux']);
  });

  it('survives a billion laughs', async () => {
    const laughs = ['a0: &a0 [x,x,x,x,x,x,x,x,x,x]'];
    for (let n = 1; n < 10; n += 1)
      laughs.push(`a${n}: &a${n} [${new Array(10).fill(`*a${n - 1}`).join(',')}]`);
    expect(refusals(await read(laughs.join('\n'), 'x.yml'))).toEqual(['1 yaml']);
  });

  it('keeps __proto__ a host like any other', async () => {
    const list = await read('all:\n  hosts:\n    __proto__: {}\n    x: {}\n', 'x.yml');
    expect(list.devices.map(({ name }) => name)).toEqual(['__proto__', 'x']);
    expect(({} as Record<string, unknown>).ansible_host).toBeUndefined();
  });
});

describe('ssh-config', () => {
  it('applies wildcards to concrete hosts and resolves the jump host', async () => {
    const list = await read(`
Host web1 web2
  HostName %h.example
  Port 2222
Host db
  HostName 10.0.0.9
  ProxyCommand ssh -W %h:%p jump
Host jump
  HostName bastion.example
  User jumper
  ProxyJump none
Host !db w*
  ProxyJump jump
Host deep
  ProxyJump a,b
Host strange
  ProxyCommand nc -X connect %h %p
Match exec "touch /tmp/never"
  User evil
Host *
  User deploy
Include other
`);
    expect(list.format).toBe('ssh-config');
    expect(brief(list)).toEqual([
      '2 web1=deploy@web1.example:2222 - linux via jumper@bastion.example:',
      '2 web2=deploy@web2.example:2222 - linux via jumper@bastion.example:',
      '5 db=deploy@10.0.0.9: - linux via jumper@bastion.example:',
      '8 jump=jumper@bastion.example: - linux',
    ]);
    expect(refusals(list)).toEqual(['14 oneJumpHost', '16 noProxyCommand', '22 noInclude']);
  });
});

describe('whatever a file holds', () => {
  it('no parser throws', async () => {
    let seed = 7;
    const next = (below: number): number => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return Math.floor((seed / 2147483648) * below);
    };
    const pieces = [
      'Host ',
      'HostName ',
      'Match ',
      '*',
      '?',
      '"',
      "'",
      '[',
      ']',
      '[1:3]',
      ':',
      '=',
      ',',
      '\n',
      '\n',
      '  ',
      '- ',
      '&a ',
      '*a',
      '<<: ',
      '{',
      '}',
      'all:',
      'hosts:',
      'children:',
      'address',
      '10.0.0.1',
      '/',
      '24',
      '-',
      '\t',
      '\ud800',
      '\0',
      '東',
      '!',
      '%h',
      '\\',
      '|',
      '>',
      '#',
      'ansible_host=',
      '::',
      '(',
      '+',
    ];
    for (let round = 0; round < 1500; round += 1) {
      const text = [...Array(next(40))].map(() => pieces[next(pieces.length)]!).join('');
      for (const format of ['text', 'csv', 'ansible', 'ssh-config']) {
        const list = await read(text, 'x', format);
        for (const { address, name } of list.devices) expect(address && name).toBeTruthy();
      }
    }
    for (let round = 0; round < 200; round += 1) {
      const bytes = Uint8Array.from({ length: next(300) }, () => next(256));
      for (const format of ['text', 'csv', 'ansible', 'ssh-config', null])
        await parseDeviceList(bytes, 'x', format);
    }
  });

  it('deep nesting ends in a refusal', async () => {
    expect((await read(`${'['.repeat(20_000)}`, 'x.yml')).devices).toEqual([]);
    expect((await read(`a: ${'{a: '.repeat(5000)}`, 'x.yml')).devices).toEqual([]);
  });
});

it('refuses a program or an archive as a whole, whatever in it looks like an address', async () => {
  const list = await parseDeviceList(Buffer.from('\x7fELF\0\0\nweb01\n'), 'hosts.txt', null);
  expect(list.devices).toEqual([]);
  expect(list.refused).toMatchObject([{ failure: { params: { field: 'file', expected: 'plainText' } } }]);
});
