import type { KeyEvent } from '../../../src/console/keys/chord.ts';
import { glyphSets } from '../../../src/console/terminal/glyphs.ts';
import { createWizard } from '../../../src/console/wizard/createWizard.ts';
import { reduceWizard } from '../../../src/console/wizard/reduceWizard.ts';
import { buildWizardView } from '../../../src/console/wizard/view/wizardView.ts';
import type {
  WizardAction,
  WizardContext,
  WizardStart,
  WizardState,
} from '../../../src/console/wizard/wizardState.ts';
import type {
  Account,
  AdministrationGroup,
  Device,
  InstallationPackage,
  Model,
} from '../../../src/domain/model.ts';
import type { Language } from '../../../src/i18n/registry.ts';
import { translator } from '../../../src/i18n/translate.ts';

/** `dev-…0001`: an id as the schema wants it. */
export const idOf = (prefix: string, number: number): string =>
  `${prefix}-${number.toString(16).padStart(20, '0')}`;

export const device = (number: number, more: Partial<Device> = {}): Device => ({
  id: idOf('dev', number),
  name: `web${String(number).padStart(2, '0')}`,
  address: `10.0.0.${number}`,
  port: null,
  user: null,
  platform: 'linux',
  groupId: null,
  jumpHost: null,
  managedBy: null,
  lastAccountId: null,
  facts: null,
  ...more,
});

export const group = (number: number, name: string, parentId: string | null = null): AdministrationGroup => ({
  id: idOf('grp', number),
  name,
  parentId,
});

export const account = (number: number, name: string, more: Partial<Account> = {}): Account => ({
  id: idOf('acc', number),
  name,
  kind: 'password',
  user: name,
  become: 'sudo',
  hasPassword: true,
  hasPassphrase: false,
  hasBecomePassword: false,
  keyFingerprint: null,
  agentSocket: null,
  createdAt: '2026-01-01T00:00:00.000Z',
  ...more,
});

export const installationPackage = (number: number, name: string, version: string): InstallationPackage => ({
  id: idOf('pkg', number),
  name,
  version,
  format: 'deb',
  platform: 'linux',
  architecture: 'amd64',
  dependencies: [],
  content: { sha256: 'a'.repeat(64), sizeBytes: 3_500_000, fileName: `${name}.deb` },
  command: null,
  parameters: '',
  detection: { kind: 'dpkg', name, version: null },
  exitCodes: {},
  installTimeoutMs: 60_000,
  createdAt: '2026-01-01T00:00:00.000Z',
});

export const mapOf = <T extends { readonly id: string }>(entries: readonly T[]): ReadonlyMap<string, T> =>
  new Map(entries.map((entry) => [entry.id, entry]));

export type Entries = {
  readonly [K in keyof Model]?: readonly (Model[K] extends ReadonlyMap<string, infer T> ? T : never)[];
};

export const modelOf = (entries: Entries): Model => ({
  packages: mapOf(entries.packages ?? []),
  devices: mapOf(entries.devices ?? []),
  groups: mapOf(entries.groups ?? []),
  accounts: mapOf(entries.accounts ?? []),
  hostKeys: mapOf(entries.hostKeys ?? []),
  licenses: mapOf(entries.licenses ?? []),
  tasks: mapOf(entries.tasks ?? []),
  runs: mapOf(entries.runs ?? []),
});

/** Two groups, one inside the other, with three devices, and two devices in none. */
export const smallFleet = (): Model =>
  modelOf({
    packages: [installationPackage(1, 'nginx', '1.24.0'), installationPackage(2, 'vim', '9.1')],
    groups: [group(1, 'Tokyo'), group(2, 'Web', idOf('grp', 1))],
    devices: [
      device(1, { groupId: idOf('grp', 1) }),
      device(2, { groupId: idOf('grp', 2) }),
      device(3, { groupId: idOf('grp', 2) }),
      device(4),
      device(5),
    ],
    accounts: [account(1, 'deploy'), account(2, 'root', { become: 'none' })],
  });

export const contextOf = (
  model: Model,
  more: Partial<WizardContext['capabilities']> = {},
): WizardContext => ({
  model,
  capabilities: {
    packageFormats: [],
    deliveryMethods: ['ssh'],
    hasDistributionPoints: false,
    hasNetworkAgents: false,
    ...more,
  },
});

const event = (chord: string): KeyEvent => ({
  chord,
  text: chord === 'space' ? ' ' : [...chord].length === 1 ? chord : null,
});

/** Drives a wizard by keys and reads its screen, without a terminal. */
export class WizardDriver {
  state: WizardState | null;
  context: WizardContext;

  constructor(context: WizardContext, start: WizardStart, language: Language = 'en') {
    this.context = context;
    this.state = createWizard({ id: 1, start, language }, context);
  }

  get open(): WizardState {
    if (this.state === null) throw new Error('the wizard is closed');
    return this.state;
  }

  send(action: WizardAction): this {
    this.state = reduceWizard(this.state, action, this.context);
    return this;
  }

  keys(...chords: string[]): this {
    for (const chord of chords) this.send({ type: 'key', event: event(chord) });
    return this;
  }

  type(text: string): this {
    return this.keys(...[...text].map((character) => (character === ' ' ? 'space' : character)));
  }

  paste(text: string): this {
    return this.send({ type: 'key', event: { chord: 'paste', text } });
  }

  /** Moves the focus with Tab until it is there. */
  focus(id: string): this {
    for (let tries = 0; tries < 200 && this.open.focus !== id; tries++) this.keys('tab');
    if (this.open.focus !== id) throw new Error(`${id} cannot have the focus in window ${this.open.step}`);
    return this;
  }

  /** What the wizard asks for, taken up. */
  takeEffect() {
    const { effect } = this.open;
    this.send({ type: 'effectTaken' });
    return effect;
  }

  view(width = 78, height = 20) {
    const t = translator(this.open.language);
    return buildWizardView(this.open, this.context, t, glyphSets.unicode, { width, height });
  }

  screen(width = 78, height = 20): string {
    const { heading, lines, footer } = this.view(width, height);
    return [heading, ...lines, footer]
      .map((line) =>
        line
          .map(({ text }) => text)
          .join('')
          .trimEnd(),
      )
      .join('\n');
  }
}
