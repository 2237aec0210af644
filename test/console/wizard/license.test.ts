import { describe, expect, it } from 'vitest';
import { plannedLicense } from '../../../src/console/wizard/licenseChoice.ts';
import { submitPlan } from '../../../src/console/wizard/submitPlan.ts';
import type { InstallationPackage, License } from '../../../src/domain/model.ts';
import { contextOf, idOf, smallFleet, WizardDriver } from './wizardFixture.ts';

const seat = { deviceName: 'web', packageLabel: 'nginx 1', since: '2026-01-31T12:00:00.000Z' };
const license = (index: number, more: Partial<License> = {}): License => ({
  id: idOf('lic', index),
  name: `License ${index}`,
  product: 'nginx',
  seatsTotal: 5,
  expiresOn: null,
  note: '',
  keyTail: 'AB12',
  keyFileName: null,
  seats: {},
  createdAt: '2026-01-31T12:00:00.000Z',
  ...more,
});
const byId = <T extends { readonly id: string }>(entries: readonly T[]) =>
  new Map(entries.map((entry) => [entry.id, entry]));

/** Window 3 of a wizard for nginx on two devices. */
function atLicense(licenses: readonly License[], ofPackage: Partial<InstallationPackage> = {}): WizardDriver {
  const fleet = smallFleet();
  const nginx = { ...fleet.packages.get(idOf('pkg', 1))!, ...ofPackage };
  const packages = new Map([...fleet.packages, [nginx.id, nginx]]);
  const context = contextOf({ ...fleet, packages, licenses: byId(licenses) });
  const wizard = new WizardDriver(context, { kind: 'package', packageId: nginx.id });
  wizard.focus('typedAddresses').type('10.9.0.1, 10.9.0.2').keys('enter', 'enter');
  expect(wizard.open.step).toBe('license');
  return wizard;
}
const licenseIn = (wizard: WizardDriver) => {
  const plan = submitPlan(wizard.open, wizard.context);
  return { task: plan.task.settings.license, package: plan.licenseForPackage };
};

describe('License selection (B36)', () => {
  it('is "No license" unless one is chosen', () => {
    const wizard = atLicense([license(1)]);
    expect(wizard.screen()).toContain('License selection');
    expect(licenseIn(wizard)).toEqual({ task: { kind: 'none' }, package: null });
  });

  it('takes the only one that fits, with this task only or into the package', () => {
    const wizard = atLicense([license(1, { product: 'vim' }), license(2)]);
    wizard.focus('license.select').keys('space');
    expect(licenseIn(wizard)).toEqual({
      task: { kind: 'withTask', licenseId: idOf('lic', 2) },
      package: null,
    });
    wizard.focus('licenseDelivery.inPackage').keys('space');
    expect(licenseIn(wizard)).toEqual({ task: undefined, package: idOf('lic', 2) });
    // B91: the package has it only once the task is made.
    expect(plannedLicense(wizard.open, wizard.context)).toEqual({
      kind: 'withTask',
      licenseId: idOf('lic', 2),
    });
  });

  it('refuses one that has ended or does not fit, with the reason', () => {
    const wizard = atLicense([license(1, { product: 'vim' }), license(2, { expiresOn: '2001-01-31' })]);
    wizard.focus('license.select').keys('space', 'enter');
    expect(wizard.open.problems).toMatchObject([{ words: { key: 'wizard.problem.noLicense' } }]);
    for (const code of ['license.mismatch', 'license.expired']) {
      wizard.focus('licenses').keys('home', ...(code === 'license.expired' ? ['down'] : []), 'space');
      wizard.focus('next').keys('enter');
      expect(wizard.open.problems).toMatchObject([{ field: 'licenses', words: { code } }]);
      expect(wizard.open.step).toBe('license');
    }
    expect(wizard.screen(100, 30)).toContain('ended on 2001-01-31');
    wizard.focus('license.none').keys('space', 'enter');
    expect(wizard.open.step).toBe('restart');
  });

  it('says how many devices the seats do not suffice for, and goes on', () => {
    const wizard = atLicense([license(1, { seatsTotal: 2, seats: { [idOf('dev', 7)]: seat } })]);
    wizard.focus('license.select').keys('space');
    expect(wizard.screen(78, 30)).toContain('1 of 2 devices will not be started');
    wizard.focus('next').keys('enter');
    expect(wizard.open.step).toBe('restart');
  });

  it('adds one on the spot and chooses it; its key stays in no state (B101)', () => {
    const wizard = atLicense([]).focus('addLicense').keys('enter');
    expect(wizard.open.values).toMatchObject({ licenseName: 'nginx', licenseProduct: 'nginx' });
    wizard
      .focus('licenseKey')
      .type('short')
      .focus('licenseSeats')
      .type('0')
      .focus('saveLicense')
      .keys('enter');
    expect(wizard.open.problems.map(({ field }) => field)).toEqual(['licenseKey', 'licenseSeats']);
    wizard.focus('licenseKey').keys('ctrl+u').type('KEY-CANARY-1');
    expect(wizard.screen(78, 40)).not.toContain('CANARY');
    wizard.focus('licenseSeats').keys('ctrl+u').type('3').focus('saveLicense').keys('enter');
    expect(wizard.takeEffect()).toMatchObject({
      kind: 'saveLicense',
      license: { name: 'nginx', product: 'nginx', keyFrom: 'typed', key: 'KEY-CANARY-1', seats: '3' },
    });
    const made = license(9);
    wizard.context = { ...wizard.context, model: { ...wizard.context.model, licenses: byId([made]) } };
    wizard.send({
      type: 'licenseSaved',
      wizardId: 1,
      isFileRefused: false,
      outcome: { ok: true, value: { license: made } },
    });
    expect(JSON.stringify(wizard.open)).not.toContain('CANARY');
    expect(licenseIn(wizard).task).toEqual({ kind: 'withTask', licenseId: made.id });
  });
});

describe('License properties (B38)', () => {
  const contained = {
    licenseId: idOf('lic', 1),
    licenseDelivery: { kind: 'environment', variable: 'KEY' },
  } as const;

  it('are shown instead, read-only, the key masked', () => {
    const more = { seats: { [idOf('dev', 1)]: seat }, expiresOn: '2999-01-31' };
    const wizard = atLicense([license(1, more)], contained);
    const screen = wizard.screen();
    expect(screen).toContain('License properties');
    for (const text of ['License 1', 'nginx', '1 of 5 in use', '2999-01-31', '*****AB12', 'environment:KEY'])
      expect(screen).toContain(text);
    expect(wizard.open.focus).toBe('next');
    expect(licenseIn(wizard)).toEqual({ task: undefined, package: null });
    wizard.keys('enter');
    expect(wizard.open.step).toBe('restart');
  });

  it('keep Next where the license has ended', () => {
    const wizard = atLicense([license(1, { expiresOn: '2001-01-31' })], contained).keys('enter');
    expect(wizard.open.step).toBe('license');
    expect(wizard.screen()).toContain('ended on 2001-01-31');
  });
});
