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

const remote = (file: string): string => `/tmp/${basename(file)}`;
const nodes = (devices: readonly LabDevice[]): string => devices.map(({ name }) => name).join(',');

/** What resolves dependencies, as haifu does, and what only unpacks and configures. */
const installers = {
  'apt-get': (file: string) =>
    `DEBIAN_FRONTEND=noninteractive apt-get install -qq -y ${remote(file)} >/dev/null 2>&1`,
  'dpkg -i': (file: string) => `DEBIAN_FRONTEND=noninteractive dpkg -i ${remote(file)} >/dev/null 2>&1`,
};
type Installer = keyof typeof installers;

function clush(options: readonly string[], installer: Installer): Peer {
  return {
    name: `clush, ${installer}`,
    commands: async (file, devices) => {
      const every = ['-l', 'root', '-f', '200', '-o', options.join(' '), '-w', nodes(devices), '-S'];
      return [
        ['clush', ...every, '--copy', file, '--dest', '/tmp/'],
        ['clush', ...every, installers[installer](file)],
      ];
    },
  };
}

function pssh(options: readonly string[], installer: Installer, folder: string): Peer {
  return {
    name: `pssh, ${installer}`,
    commands: async (file, devices) => {
      const hosts = join(folder, 'hosts');
      await writeFile(hosts, devices.map(({ name }) => `root@${name}\n`).join(''));
      const every = ['-h', hosts, '-p', '200', '-t', '600', '-x', options.join(' ')];
      return [
        ['parallel-scp', ...every, file, '/tmp/'],
        ['parallel-ssh', ...every, installers[installer](file)],
      ];
    },
  };
}

/** No product, but the least that OpenSSH needs: one connection a device, eight at once, the cheapest key exchange. */
function openSshScript(options: readonly string[], installer: Installer): Peer {
  return {
    name: `ssh script, ${installer}`,
    commands: async (file, devices) => {
      const ssh = ['ssh', ...options, '-oKexAlgorithms=curve25519-sha256', '-lroot', '{}'].join(' ');
      const each = `${ssh} 'cat > ${remote(file)} && ${installers[installer](file)}' < ${file}`;
      const list = devices.map(({ name }) => name).join('\\n');
      return [['bash', '-c', `printf '${list}\\n' | xargs -P 8 -I {} bash -c "$1"`, 'bash', each]];
    },
  };
}

function ansible(keyPath: string, folder: string): Peer {
  return {
    name: 'ansible, apt',
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
  };
}

/** The tools that administrators use today, each in its own fastest usual way. */
export async function peersOf(lab: Lab, folder: string): Promise<Peer[]> {
  const { keyPath } = await lab.inventory();
  const options = sshOptions(keyPath);
  return [
    clush(options, 'apt-get'),
    clush(options, 'dpkg -i'),
    pssh(options, 'apt-get', folder),
    pssh(options, 'dpkg -i', folder),
    ansible(keyPath, folder),
    openSshScript(options, 'dpkg -i'),
  ];
}
