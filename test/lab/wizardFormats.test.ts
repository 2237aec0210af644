import { afterEach, beforeAll, expect, test } from 'vitest';
import { buildArchive } from '../fixtures/archivePackage.ts';
import { buildDeb } from '../fixtures/debPackage.ts';
import { buildRpm } from '../fixtures/rpmPackage.ts';
import { buildScript } from '../fixtures/scriptPackage.ts';
import { program } from '../journeys/haifuTerminal.ts';
import { Terminal } from '../journeys/terminal.ts';
import { type HaifuOnLab, haifuOnLab, registerLab } from './haifuOnLab.ts';
import type { Lab, LabDevice } from './lab.ts';
import { describeLab, labOfThisRun } from './labOfThisRun.ts';

interface Format {
  readonly name: string;
  readonly file: () => Promise<string>;
  /** Typed into the wizard's first window. */
  readonly command?: string;
  readonly kinds: readonly LabDevice['kind'][];
  /** Asked on the device: what it says where the package is. */
  readonly proof: readonly [question: string, answer: string];
}

/** A lab that is kept between runs has earlier ones already. */
const version = `1.${Date.now()}`;

const formats: readonly Format[] = [
  {
    name: 'a .deb with a dependency',
    file: () => buildDeb({ name: 'haifu-wizard-deb', version }),
    kinds: ['deb'],
    proof: [
      `dpkg -s haifu-wizard-deb haifu-lab-lib | grep -E '^(Status|Version)' | tr '\\n' ' '`,
      `Status: install ok installed Version: ${version} Status: install ok installed Version: 1.2.0`,
    ],
  },
  {
    name: 'an .rpm',
    file: () => buildRpm({ name: 'haifu-wizard-rpm', version }),
    kinds: ['rpm'],
    proof: ['rpm -q haifu-wizard-rpm', `haifu-wizard-rpm-${version}-1.noarch`],
  },
  {
    name: 'an archive with its install command',
    file: () => buildArchive({ name: 'haifu-wizard-archive', version, format: 'tar.xz' }),
    command: 'sh ./install.sh',
    kinds: ['deb', 'rpm'],
    proof: ['cat /opt/haifu-wizard-archive/VERSION', version],
  },
  {
    name: 'a script',
    file: () => buildScript({ name: 'haifu-wizard-script', version }),
    kinds: ['deb', 'rpm'],
    proof: ['cat /opt/haifu-wizard-script/VERSION', version],
  },
];

describeLab('the wizard in a terminal, on twenty devices', () => {
  let lab: Lab;
  let devices: readonly LabDevice[];
  let haifu: HaifuOnLab;
  let terminal: Terminal;

  beforeAll(async () => {
    lab = labOfThisRun();
    devices = (await lab.inventory()).devices.slice(0, 20);
  });
  afterEach(async () => {
    await terminal.close();
    await haifu.close();
  });

  async function openConsole(): Promise<Terminal> {
    haifu = await haifuOnLab(lab);
    await registerLab(haifu, lab, devices);
    const [command, ...prefix] = await lab.hubPrefix();
    terminal = new Terminal({
      command,
      arguments: [...prefix, program],
      environment: { HOME: haifu.dataFolder, HAIFU_DATA: haifu.dataFolder },
      width: 120,
      height: 44,
    });
    return terminal;
  }

  test.each(formats)('$name: what the screen says is what each device says', async (format) => {
    const screen = await openConsole();
    await screen.waitFor('connected');
    await screen.press('i');
    await screen.waitFor('Selecting the installation package');
    const file = await format.file();
    screen.paste(file);
    await screen.waitFor(file.slice(file.lastIndexOf('/') + 1));
    if (format.command !== undefined) {
      await screen.press('tab');
      screen.paste(format.command);
      await screen.waitFor(format.command);
    }
    await screen.press('ctrl+n');
    await screen.waitFor('Selecting devices for installation');
    await screen.press('*');
    await screen.waitFor('20 target devices');
    await screen.press('ctrl+n');
    await screen.waitFor('Force installation package download');
    await screen.press('ctrl+n');
    await screen.waitFor(/License (selection|properties)/);
    await screen.press('ctrl+n');
    await screen.waitFor('Prompt user for action');
    await screen.press('ctrl+n');
    await screen.waitFor('[ ] root-key');
    await screen.press('space');
    await screen.waitFor('[x] root-key');
    await screen.press('ctrl+n');
    await screen.waitFor(/Choose what happens|Starting installation/);
    if (!screen.text().includes('Starting installation')) await screen.press('down', 'space', 'ctrl+n');
    await screen.waitFor('Starting installation');
    await screen.press('ctrl+n');
    await screen.waitFor('Devices of the run');
    await screen.waitFor('finished', 120_000);
    for (const { name, kind } of devices) {
      const row = screen.rows().find((line) => new RegExp(`\\b${name}\\b`).test(line)) ?? '';
      const isFor = format.kinds.includes(kind);
      expect(row).toContain(isFor ? 'succeeded' : 'skipped');
      const said = await lab.in(name, `${format.proof[0]} 2>&1 || true`);
      if (isFor) expect([name, said.trim()]).toEqual([name, format.proof[1]]);
      else expect([name, said]).not.toEqual([name, format.proof[1]]);
    }
  });
});
