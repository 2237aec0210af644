import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Lab, LabDevice } from '../test/lab/lab.ts';

/** A way to copy a .deb to devices and install it there. */
export interface Peer {
  readonly name: string;
  /** The command lines, run one after the other; all must end with status 0. */
  commands(file: string, devices: readonly LabDevice[]): Promise<readonly (readonly string[])[]>;
}

const sshOptions = (keyPath: string): string[] => [
  '-F/dev/null',
  '-oStrictHostKeyChecking=no',
  '-oUserKnownHostsFile=/dev/null',
  '-oLogLevel=ERROR',
  `-i${keyPath}`,
];

const installCommand = (target: string): string =>
  `DEBIAN_FRONTEND=noninteractive apt-get install -qq -y ${target} >/dev/null 2>&1`;

/** The tools that administrators use today, each in its own fastest usual way. */
export async function peersOf(lab: Lab, folder: string): Promise<Peer[]> {
  const { keyPath } = await lab.inventory();
  const options = sshOptions(keyPath);
  const nodes = (devices: readonly LabDevice[]) => devices.map(({ name }) => name).join(',');
  const remote = (file: string) => `/tmp/${basename(file)}`;
  return [
    {
      name: 'clush',
      commands: async (file, devices) => {
        const common = [
          'clush',
          '-l',
          'root',
          '-f',
          '200',
          '-o',
          options.join(' '),
          '-w',
          nodes(devices),
          '-S',
        ];
        return [
          [...common, '--copy', file, '--dest', '/tmp/'],
          [...common, installCommand(remote(file))],
        ];
      },
    },
    {
      name: 'pssh',
      commands: async (file, devices) => {
        const hosts = join(folder, 'hosts');
        await writeFile(hosts, devices.map(({ name }) => `root@${name}\n`).join(''));
        const common = ['-h', hosts, '-p', '200', '-t', '600', '-x', options.join(' ')];
        return [
          ['parallel-scp', ...common, file, '/tmp/'],
          ['parallel-ssh', ...common, installCommand(remote(file))],
        ];
      },
    },
    {
      name: 'ansible',
      commands: async (file, devices) => {
        const inventory = join(folder, 'inventory.ini');
        const playbook = join(folder, 'install.yml');
        const settings = join(folder, 'ansible.cfg');
        await writeFile(
          inventory,
          `[all]\n${devices.map(({ name }) => name).join('\n')}\n[all:vars]\nansible_user=root\nansible_ssh_private_key_file=${keyPath}\nansible_python_interpreter=/usr/bin/python3\n`,
        );
        await writeFile(
          settings,
          `[defaults]\nforks=${devices.length}\nhost_key_checking=False\n[ssh_connection]\npipelining=True\nssh_args=-F/dev/null -oControlMaster=auto -oControlPersist=60s -oUserKnownHostsFile=/dev/null\n`,
        );
        await writeFile(
          playbook,
          `- hosts: all\n  gather_facts: no\n  tasks:\n    - copy: {src: "${file}", dest: "${remote(file)}"}\n    - apt: {deb: "${remote(file)}"}\n`,
        );
        return [['env', `ANSIBLE_CONFIG=${settings}`, 'ansible-playbook', '-i', inventory, playbook]];
      },
    },
  ];
}
