import { describe, expect, it } from 'vitest';
import { failure } from '../../../src/domain/failure.ts';
import type { HostKey, Model } from '../../../src/domain/model.ts';
import { account, contextOf, device, group, idOf, mapOf, smallFleet, WizardDriver } from './wizardFixture.ts';

const start = { kind: 'package', packageId: idOf('pkg', 1) } as const;
const atAccounts = (model: Model = smallFleet()): WizardDriver =>
  new WizardDriver(contextOf(model), start).keys('end', 'space', 'enter', 'enter', 'enter', 'enter');
const problemKeys = (wizard: WizardDriver) =>
  wizard.open.problems.map(({ words }) => ('key' in words ? words.key : words.code));

const hostKey = (number: number, more: Partial<HostKey>): HostKey => ({
  id: idOf('key', number),
  address: '10.0.0.5',
  port: 22,
  keyType: 'ssh-ed25519',
  key: 'AAAA',
  fingerprint: `SHA256:${number}`,
  state: 'pending',
  source: 'scan',
  seenAt: '2026-01-01T00:00:00.000Z',
  trustedBy: null,
  ...more,
});
const withKeys = (...keys: HostKey[]): Model => ({
  ...smallFleet(),
  hostKeys: new Map(keys.map((key) => [key.id, key])),
});

describe('window 5: accounts', () => {
  it('needs an account where no device has an agent, with the reason (B45)', () => {
    const wizard = atAccounts();
    expect(wizard.open.step).toBe('accounts');
    expect(wizard.screen()).toContain('no device has a network agent');
    wizard.focus('accountMode.none').keys('space');
    expect(wizard.open.values.accountMode).toBe('required');
  });

  it('offers to go without an account where there are agents', () => {
    const wizard = new WizardDriver(contextOf(smallFleet(), { hasNetworkAgents: true }), start);
    expect(wizard.open.values.accountMode).toBe('none');
  });

  it('includes no account by itself, and refuses Next without one', () => {
    const wizard = atAccounts();
    expect(wizard.open.includedAccountIds.size).toBe(0);
    wizard.focus('hostKeyPolicy.acceptNew').keys('space', 'ctrl+n');
    expect(problemKeys(wizard)).toEqual(['wizard.problem.noAccount']);
  });

  it('includes the only account there is', () => {
    const model: Model = { ...smallFleet(), accounts: new Map([[idOf('acc', 1), account(1, 'deploy')]]) };
    expect([...atAccounts(model).open.includedAccountIds]).toEqual([idOf('acc', 1)]);
  });

  it('lists accounts as they were made, whatever their ids', () => {
    const accounts = [account(3, 'new', { createdAt: '2026-01-02T00:00:00.000Z' }), account(9, 'old')];
    const model: Model = { ...smallFleet(), accounts: new Map(accounts.map((one) => [one.id, one])) };
    const screen = atAccounts(model).screen();
    expect(screen.indexOf('] old')).toBeLessThan(screen.indexOf('] new'));
    expect(screen).toContain('] new');
  });

  it('reorders the list: the order is the order of trying (B50)', () => {
    const wizard = atAccounts().focus('accounts').keys('space', 'down', 'space', '-');
    wizard.focus('hostKeyPolicy.strict').keys('space', 'ctrl+n').focus('next').keys('enter');
    const effect = wizard.takeEffect();
    if (effect?.kind !== 'submit') throw new Error('nothing was submitted');
    expect(effect.plan.task.settings.accountIds).toEqual([idOf('acc', 2), idOf('acc', 1)]);
    expect(effect.plan.task.settings.hostKeyPolicy).toBe('strict');
  });

  it('keeps the cursor on the account that moves, and stops at the ends', () => {
    const wizard = atAccounts().focus('accounts').keys('down', '-', '-', 'space');
    expect([...wizard.open.includedAccountIds]).toEqual([idOf('acc', 2)]);
    wizard.keys('+', '+');
    expect(wizard.open.accountOrder).toEqual([idOf('acc', 1), idOf('acc', 2)]);
  });
});

describe('the form behind [Add] (B47)', () => {
  const inForm = () => atAccounts().focus('addAccount').keys('enter');

  it('is saved by Next, which stays to show the account', () => {
    const wizard = inForm().focus('accountUser').type('mika').keys('ctrl+n');
    expect(problemKeys(wizard)).toEqual(['wizard.problem.accountPassword']);
    wizard.type('pw').keys('ctrl+n');
    expect(wizard.takeEffect()).toMatchObject({ kind: 'saveAccount', form: { params: { user: 'mika' } } });
    const outcome = { ok: true, value: { account: account(3, 'mika') } } as const;
    wizard.send({ type: 'accountSaved', unreadable: null, wizardId: 1, outcome });
    expect(wizard.open).toMatchObject({ step: 'accounts', isAccountFormOpen: false });
  });

  it('says what is missing', () => {
    const wizard = inForm().focus('saveAccount').keys('enter');
    expect(problemKeys(wizard)).toEqual(['wizard.problem.accountUser', 'wizard.problem.accountPassword']);
    expect(wizard.open.focus).toBe('accountUser');
  });

  it('never draws a secret, sends it once, and forgets it', () => {
    const wizard = inForm().focus('accountUser').type('root').focus('accountPassword').type('s3cret 鍵');
    expect(wizard.screen()).toContain('••••••••');
    expect(wizard.screen()).not.toContain('s3cret');
    const effect = wizard.focus('saveAccount').keys('enter').takeEffect();
    expect(effect).toMatchObject({
      kind: 'saveAccount',
      form: { params: { name: 'root (2)', user: 'root', password: 's3cret 鍵', become: 'sudo' } },
    });
    const saved = account(3, 'root (2)', { user: 'root' });
    wizard.send({
      type: 'accountSaved',
      unreadable: null,
      wizardId: 1,
      outcome: { ok: true, value: { account: saved } },
    });
    expect(
      JSON.stringify(wizard.open, (_key, value) => (value instanceof Set ? [...value] : value)),
    ).not.toContain('s3cret');
    expect(wizard.open.isAccountFormOpen).toBe(false);
    expect(wizard.open.includedAccountIds.has(saved.id)).toBe(true);
    expect(wizard.open.focus).toBe('addAccount');
  });

  it('forgets secrets when the form is discarded or the wizard is left', () => {
    const discarded = inForm().focus('accountPassword').type('abc').focus('discardAccount').keys('enter');
    expect(discarded.open.values.accountPassword).toBe('');
    const left = inForm().focus('accountPassword').type('abc').keys('escape', 'y');
    expect(left.open.values.accountPassword).toBe('');
  });

  it.each([
    ['key.passphraseWrong', 'accountPassphrase'],
    ['key.publicGivenAsPrivate', 'accountPrivateKey'],
    ['key.pairMismatch', 'accountPublicKey'],
  ] as const)('shows %s at its own option (B53)', (code, field) => {
    const wizard = inForm().keys('down', 'space');
    wizard.focus('accountUser').type('deploy').focus('accountPrivateKey').type('~/.ssh/id_rsa');
    wizard
      .focus('saveAccount')
      .keys('enter')
      .send({
        type: 'accountSaved',
        unreadable: null,
        wizardId: 1,
        outcome: { ok: false, failure: { code, params: {}, stage: null, isRetryable: false } },
      });
    expect(wizard.open.problems.map((problem) => problem.field)).toEqual([field]);
    expect(wizard.open.focus).toBe(field);
    expect(wizard.open.values.accountPrivateKey).toBe('~/.ssh/id_rsa');
  });

  it('is finished or discarded before Next goes on', () => {
    const wizard = inForm().focus('hostKeyPolicy.strict').keys('space', 'ctrl+n');
    expect(problemKeys(wizard)).toEqual(['wizard.problem.accountNotSaved']);
  });

  it('shows the line that makes a key pair in its help (B53)', () => {
    const wizard = inForm().focus('accountKind.key').keys('ctrl+g');
    expect(wizard.screen(118, 40)).toContain('ssh-keygen -m PEM -t rsa -b 4096 -C "<user e-mail>"');
  });
});

describe('host keys (B100)', () => {
  it('needs an explicit choice while a key is not trusted', () => {
    const wizard = atAccounts().focus('accounts').keys('space', 'ctrl+n');
    expect(problemKeys(wizard)).toEqual(['wizard.problem.hostKeyPolicy']);
    wizard.focus('hostKeyPolicy.acceptNew').keys('space');
    expect(wizard.open.problems).toEqual([]);
    expect(wizard.keys('ctrl+n').open.step).toBe('start');
  });

  it('asks nothing when every device has a trusted key', () => {
    const wizard = atAccounts(withKeys(hostKey(1, { state: 'trusted' })));
    expect(wizard.focus('accounts').keys('space', 'ctrl+n').open.step).toBe('start');
  });

  it('shows pending keys to be trusted, and a changed one with both fingerprints', () => {
    const wizard = atAccounts(
      withKeys(
        hostKey(1, { state: 'trusted' }),
        hostKey(2, { state: 'changed' }),
        hostKey(3, { keyType: 'ssh-rsa' }),
        hostKey(4, { address: '10.9.9.9' }),
      ),
    );
    const screen = wizard.screen(118, 40);
    expect(screen).toContain('SHA256:1 -> SHA256:2');
    expect(screen).toContain('RSA SHA256:3');
    expect(screen).not.toContain('SHA256:4');
    expect(wizard.focus('trustHostKeys').keys('enter').takeEffect()).toEqual({
      kind: 'trustHostKeys',
      ids: [idOf('key', 3)],
    });
  });

  it('shows both fingerprints of the changed key under the cursor, on a small screen too', () => {
    const long = (letter: string): string => `SHA256:${letter.repeat(43)}`;
    const wizard = atAccounts(
      withKeys(
        hostKey(1, { state: 'trusted', fingerprint: long('a') }),
        hostKey(2, { state: 'changed', fingerprint: long('b') }),
      ),
    );
    const screen = wizard.focus('hostKeys').screen(78, 20);
    expect(screen).toContain(long('a'));
    expect(screen).toContain(long('b'));
  });

  it('scans exactly the target devices', () => {
    const wizard = atAccounts().focus('scanHostKeys').keys('enter');
    expect(wizard.takeEffect()).toMatchObject({ kind: 'scanHostKeys', deviceIds: [idOf('dev', 5)] });
    expect(wizard.screen(118, 40)).toContain('Asking the devices for their host keys');
  });
});

const readyRow = {
  port: 'open',
  isRoot: true,
  osName: 'Debian 12',
  architecture: 'amd64',
  freeBytes: 4 * 1024 ** 3,
  isInstalled: false,
  installedVersion: null,
} as const;

describe('trying the accounts', () => {
  it('asks for an included account first, then tries up to three devices', () => {
    const wizard = new WizardDriver(contextOf(smallFleet()), start).keys(
      '*',
      'enter',
      'enter',
      'enter',
      'enter',
    );
    expect(wizard.focus('tryAccounts').keys('enter').takeEffect()).toBeNull();
    wizard.focus('accounts').keys('space').focus('tryAccounts').keys('enter');
    const effect = wizard.takeEffect();
    expect(effect).toMatchObject({ kind: 'tryAccounts', accountIds: [idOf('acc', 1)] });
    expect(effect?.kind === 'tryAccounts' && effect.deviceIds.length).toBe(3);
  });

  it('shows a row a device: what worked, or the reason', () => {
    const wizard = atAccounts().focus('accounts').keys('space').focus('tryAccounts').keys('enter');
    wizard.takeEffect();
    const refused = failure('account.refused', { accounts: 'deploy' });
    wizard.send({
      type: 'devicesChecked',
      wizardId: 1,
      kind: 'tryAccounts',
      check: 1,
      tried: [idOf('acc', 1)],
      rows: [
        { ...readyRow, deviceId: idOf('dev', 4), accountId: idOf('acc', 1), failure: null },
        { ...readyRow, deviceId: idOf('dev', 5), accountId: null, failure: refused },
      ],
    });
    const screen = wizard.screen(118, 40);
    expect(screen).toMatch(/✓ web04 +deploy +becomes root +4\.0 GiB free +Debian 12 amd64/);
    expect(screen).toMatch(/✗ web05/);
  });

  it('leaves the wizard usable, and drops what comes after it was stopped', () => {
    const wizard = atAccounts().focus('accounts').keys('space').focus('tryAccounts').keys('enter');
    expect(wizard.open.busy).toBeNull();
    expect(wizard.screen(118, 40)).toContain('Stop trying (0 of 1)');
    wizard.keys('ctrl+p').keys('ctrl+n');
    expect(wizard.open.step).toBe('accounts');
    wizard.focus('tryAccounts').keys('enter');
    const late = { wizardId: 1, kind: 'tryAccounts', check: 1 } as const;
    wizard.send({ ...late, type: 'checkEnded', outcome: { ok: true, value: null } });
    expect(wizard.open.trial).toMatchObject({ isRunning: false, rows: [] });
    wizard.keys('enter');
    wizard.send({ ...late, type: 'checkEnded', outcome: { ok: true, value: null } });
    expect(wizard.open.trial).toMatchObject({ number: 2, isRunning: true });
  });

  it('never shows a refused password to a device a second time, unless the account was edited (B50)', () => {
    const wizard = atAccounts().focus('accounts').keys('space', 'down', 'space');
    const [deploy, root] = [idOf('acc', 1), idOf('acc', 2)];
    const offered = () => {
      wizard.focus('tryAccounts').keys('enter');
      const effect = wizard.takeEffect();
      if (effect?.kind !== 'tryAccounts') throw new Error('nothing was tried');
      return effect;
    };
    const first = offered();
    expect(first).toMatchObject({ accountIds: [deploy, root], spent: {} });
    const worked = { ...readyRow, deviceId: idOf('dev', 5), accountId: root, failure: null };
    const answer = { wizardId: 1, kind: 'tryAccounts', check: 1 } as const;
    wizard.send({ ...answer, type: 'devicesChecked', rows: [worked], tried: [deploy, root] });
    wizard.send({ ...answer, type: 'checkEnded', outcome: { ok: true, value: null } });
    expect(offered().spent).toEqual({ [idOf('dev', 5)]: [deploy] });
    wizard.focus('tryAccounts').keys('enter');
    const accounts = new Map(wizard.context.model.accounts).set(deploy, account(1, 'deploy'));
    wizard.context = contextOf({ ...wizard.context.model, accounts });
    expect(offered().spent).toEqual({});
  });

  it('tries on devices of different groups and systems, or on those that are chosen', () => {
    const groups = [group(1, 'Tokyo'), group(2, 'Osaka')];
    const devices = [1, 2, 3, 4, 5].map((n) => device(n, { groupId: n < 5 ? groups[0]!.id : groups[1]!.id }));
    const model = { ...smallFleet(), groups: mapOf(groups), devices: mapOf(devices) };
    const wizard = new WizardDriver(contextOf(model), start).keys('*', 'enter', 'enter', 'enter', 'enter');
    wizard.focus('accounts').keys('space');
    expect(wizard.screen(118, 40)).toContain('on 3 devices now (web05, web01, web02)');
    wizard.focus('chooseTrialDevices').keys('enter').focus('trialDevices').type('web03').keys('space');
    expect(wizard.screen(118, 40)).toContain('on 4 devices now');
    const effect = wizard.focus('tryAccounts').keys('enter').takeEffect();
    expect(effect?.kind === 'tryAccounts' && effect.deviceIds).toEqual(
      [5, 1, 2, 3].map((n) => idOf('dev', n)),
    );
  });
});
