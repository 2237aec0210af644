import { describe, expect, it } from 'vitest';
import type { PlanRow } from '../../../src/protocol/answers.ts';
import { contextOf, idOf, smallFleet, WizardDriver } from './wizardFixture.ts';

const start = { kind: 'package', packageId: idOf('pkg', 1) } as const;

/** The last window, with web05 chosen and the account `deploy`. */
function atStart(): WizardDriver {
  const wizard = new WizardDriver(contextOf(smallFleet()), start);
  wizard.keys('end', 'space', 'enter', 'enter', 'enter', 'enter').focus('accounts').keys('space');
  wizard.focus('hostKeyPolicy.acceptNew').keys('space', 'ctrl+n');
  expect(wizard.open.step).toBe('start');
  return wizard;
}

describe('the whole task in the last window', () => {
  it('goes to a window by its number, and Next comes back with everything kept', () => {
    const wizard = atStart();
    expect(wizard.screen(78, 60)).toMatch(/2 {2}Defining remote installation task settings/);
    wizard.keys('2');
    expect(wizard.open.step).toBe('settings');
    wizard.focus('attemptsLimit').keys('ctrl+u').type('7').keys('enter');
    expect(wizard.open.step).toBe('start');
    expect(wizard.screen(78, 60)).toContain('at most 7 a device');
    expect(wizard.screen(78, 60)).toContain('1. deploy');
  });

  it('stops on the way back at a window that has to be looked at', () => {
    const wizard = atStart().keys('1').focus('typedAddresses').type('10.0.0.300').keys('enter');
    expect(wizard.open.step).toBe('devices');
    wizard.keys('ctrl+u', 'enter');
    expect(wizard.open.step).toBe('start');
    wizard.keys('5').focus('accounts').keys('space').keys('1');
    expect(wizard.open.step).toBe('accounts');
    wizard.keys('escape', 'ctrl+p', 'ctrl+n', 'ctrl+n');
    expect(wizard.open.step).toBe('accounts');
  });

  it('takes digits as text in the task name, and no number of a window that is not there', () => {
    const wizard = atStart().keys('9').focus('taskName').keys('ctrl+u').type('2');
    expect(wizard.open.step).toBe('start');
    expect(wizard.open.values.taskName).toBe('2');
  });
});

describe('the plan (B91)', () => {
  const row = (number: number, more: Partial<PlanRow>): PlanRow => ({
    deviceId: idOf('dev', number),
    port: 'open',
    accountId: idOf('acc', 1),
    isRoot: true,
    osName: 'Debian 12',
    architecture: 'amd64',
    freeBytes: 1024 ** 3,
    isInstalled: false,
    installedVersion: null,
    failure: null,
    method: 'ssh',
    attempts: 0,
    action: 'install',
    ...more,
  });

  it('is asked for on demand beside the wizard, and shows what is blocked first', () => {
    const wizard = atStart().focus('planDevices').keys('enter');
    const effect = wizard.takeEffect();
    expect(effect).toMatchObject({
      kind: 'planDevices',
      deviceIds: [idOf('dev', 5)],
      accountIds: [idOf('acc', 1)],
      package: { kind: 'existing', packageId: idOf('pkg', 1) },
      settings: { attemptsLimit: 3, hostKeyPolicy: 'acceptNew' },
    });
    expect(wizard.open.busy).toBeNull();
    const failure = { code: 'device.timedOut', params: {}, stage: 'connect', isRetryable: true } as const;
    const rows = [row(1, {}), row(5, { action: 'blocked', failure, accountId: null })];
    const answer = { wizardId: 1, kind: 'planDevices', check: 1 } as const;
    wizard.send({ ...answer, type: 'devicesChecked', tried: [idOf('acc', 1)], rows });
    wizard.send({ ...answer, type: 'checkEnded', outcome: { ok: true, value: null } });
    const screen = wizard.screen(118, 60);
    expect(screen).toContain('Install: 1. Skip: 0. Blocked: 1.');
    expect(screen).toMatch(/✗ web05 +blocked +over ssh/);
    expect(screen).toMatch(
      /✓ web01 +install +over ssh +deploy +becomes root +1\.0 GiB free +Debian 12 amd64/,
    );
    expect(screen.indexOf('web05  ')).toBeLessThan(screen.indexOf('web01  '));
  });
});
