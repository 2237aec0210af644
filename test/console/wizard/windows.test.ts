import { describe, expect, it } from 'vitest';
import { parseAddressFile } from '../../../src/console/wizard/addressList.ts';
import { taskSettingsOf } from '../../../src/console/wizard/taskSettingsOf.ts';
import { contextOf, device, group, idOf, modelOf, smallFleet, WizardDriver } from './wizardFixture.ts';

const withPackage = { kind: 'package', packageId: idOf('pkg', 1) } as const;

/** A wizard for nginx with web04 marked, standing in window 2. */
const atSettings = (): WizardDriver =>
  new WizardDriver(contextOf(smallFleet()), withPackage)
    .keys('end')
    .focus('deviceTree')
    .keys('end', 'space', 'enter');

const problemFields = (wizard: WizardDriver) => wizard.open.problems.map(({ field }) => field);
const problemKeys = (wizard: WizardDriver) =>
  wizard.open.problems.map(({ words }) => ('key' in words ? words.key : words.code));

describe('which windows are shown', () => {
  it('begins with the devices when a package was chosen (B9)', () => {
    expect(new WizardDriver(contextOf(smallFleet()), withPackage).open.step).toBe('devices');
  });

  it('begins with the package when the wizard was started on a group (B61)', () => {
    const wizard = new WizardDriver(contextOf(smallFleet()), { kind: 'group', groupId: idOf('grp', 1) });
    expect(wizard.open.step).toBe('package');
    wizard.keys('space', 'enter');
    expect(wizard.open.step).toBe('devices');
    expect(wizard.screen()).toContain('Tokyo');
    expect(wizard.screen()).toContain('web03');
    expect(wizard.screen()).not.toContain('web04');
    expect(wizard.screen()).toContain('3 target devices');
  });
});

describe('window 0: the package', () => {
  it('takes the path of a file when there is no package yet', () => {
    const wizard = new WizardDriver(contextOf(modelOf({})), { kind: 'nothing' });
    expect(wizard.open.focus).toBe('packagePath');
    expect(wizard.keys('enter').takeEffect()).toBeNull();
    expect(problemFields(wizard)).toEqual(['packagePath']);
    expect(wizard.type('app.tar.gz').keys('enter').takeEffect()).toEqual({
      kind: 'inspectPackage',
      path: 'app.tar.gz',
    });
  });

  it('asks for a command where the format needs one, and goes on when it is there', () => {
    const wizard = new WizardDriver(contextOf(modelOf({})), { kind: 'nothing' });
    wizard.type('app.tar.gz').keys('enter');
    wizard.send({
      type: 'packageInspected',
      wizardId: 1,
      path: '/home/admin/app.tar.gz',
      outcome: {
        ok: true,
        value: {
          format: 'archive',
          name: 'app',
          version: '2',
          platform: 'linux',
          architecture: 'all',
          dependencies: [],
          needsCommand: true,
          detection: { kind: 'receipt' },
          exitCodes: { '0': 'success' },
          sizeBytes: 10,
        },
      },
    });
    expect(wizard.open.step).toBe('package');
    expect(wizard.open.focus).toBe('packageCommand');
    expect(wizard.open.values.packagePath).toBe('/home/admin/app.tar.gz');
    wizard.type('./install.sh').keys('enter');
    expect(wizard.open.step).toBe('devices');
  });

  it('shows why a file is no package, at the path', () => {
    const wizard = new WizardDriver(contextOf(modelOf({})), { kind: 'nothing' });
    wizard
      .type('x.deb')
      .keys('enter')
      .send({
        type: 'packageInspected',
        wizardId: 1,
        path: '/x.deb',
        outcome: {
          ok: false,
          failure: { code: 'package.truncated', params: {}, stage: null, isRetryable: false },
        },
      });
    expect(problemFields(wizard)).toEqual(['packagePath']);
    expect(wizard.open.busy).toBeNull();
    wizard.type('2');
    expect(wizard.open.problems).toEqual([]);
  });
});

describe('window 1: devices (B10)', () => {
  it('refuses Next without a device and says so at the tree', () => {
    const wizard = new WizardDriver(contextOf(smallFleet()), withPackage).keys('enter');
    expect(problemKeys(wizard)).toEqual(['wizard.problem.noDevice']);
    expect(wizard.screen()).toContain('Choose at least one device');
    wizard.focus('typedAddresses').type('10.1.1.1');
    expect(wizard.open.problems).toEqual([]);
  });

  it('moves three rows for three keys in one chunk', () => {
    const wizard = new WizardDriver(contextOf(smallFleet()), withPackage);
    expect(wizard.open.focus).toBe('deviceTree');
    wizard.keys('down', 'down', 'down', 'space');
    expect([...wizard.open.markedDeviceIds]).toEqual([idOf('dev', 2)]);
  });

  it('marks all devices of a group, subgroups included, and unmarks them again', () => {
    const wizard = new WizardDriver(contextOf(smallFleet()), withPackage).keys('down', 'space');
    expect([...wizard.open.markedDeviceIds].toSorted()).toEqual([1, 2, 3].map((n) => idOf('dev', n)));
    wizard.keys('space');
    expect(wizard.open.markedDeviceIds.size).toBe(0);
  });

  it('marks only what the filter shows', () => {
    const wizard = new WizardDriver(contextOf(smallFleet()), withPackage);
    wizard.type('WEB03').keys('*');
    expect([...wizard.open.markedDeviceIds]).toEqual([idOf('dev', 3)]);
  });

  it('narrows by typing, puts the cursor on what was found, and Esc takes it back', () => {
    const wizard = new WizardDriver(contextOf(smallFleet()), withPackage).type('jkla0');
    expect(wizard.screen()).toContain('Nothing is found');
    wizard.keys('ctrl+u').type('web-').keys('backspace').type('0').keys('5', 'space');
    expect([...wizard.open.markedDeviceIds]).toEqual([idOf('dev', 5)]);
    expect(wizard.screen()).not.toContain('web04');
    wizard.keys('escape');
    expect(wizard.open.leaving).toBeNull();
    expect(wizard.screen()).toContain('web04');
    wizard.keys('escape');
    expect(wizard.open.leaving).toBe('stay');
  });

  it('finds groups by name, with all of their devices, in any width and kana', () => {
    const groups = [group(1, 'トウキョウ'), group(2, '東京DMZ')];
    const devices = [
      device(1, { groupId: idOf('grp', 1) }),
      device(2, { groupId: idOf('grp', 2) }),
      device(3),
    ];
    const model = modelOf({ packages: [...smallFleet().packages.values()], groups, devices });
    const marked = (typed: string) => {
      const wizard = new WizardDriver(contextOf(model), withPackage).paste(typed).keys('space');
      return [...wizard.open.markedDeviceIds];
    };
    expect(marked('とうきょう')).toEqual([idOf('dev', 1)]);
    expect(marked('ﾄｳｷ')).toEqual([idOf('dev', 1)]);
    expect(marked('東京')).toEqual([idOf('dev', 2)]);
    expect(marked('ｄｍｚ')).toEqual([idOf('dev', 2)]);
  });

  it('names devices early that the task will refuse or skip, with the reason in the tree', () => {
    const facts = { osName: 'Fedora 42', osFamily: 'rpm', architecture: 'x86_64', bootId: null } as const;
    const devices = [
      device(1, { facts: { ...facts, seenAt: '2026-01-01T00:00:00.000Z' } }),
      device(2, { platform: 'windows' }),
      device(3),
    ];
    const model = modelOf({ packages: [...smallFleet().packages.values()], devices });
    const wizard = new WizardDriver(contextOf(model), withPackage).keys('*');
    expect(wizard.screen()).toContain('2 devices will not be installed on as they stand (web01, web02)');
    expect(wizard.screen()).toContain('The package is for deb; the device runs Fedora 42.');
    expect(wizard.screen()).toContain('3 devices have no trusted host key yet');
  });

  it('counts typed addresses live, and a device named in two ways once', () => {
    const wizard = new WizardDriver(contextOf(smallFleet()), withPackage).keys('end', 'space');
    wizard.focus('typedAddresses').type('10.0.0.4-10.0.0.7');
    expect(wizard.screen()).toContain('4 addresses');
    expect(wizard.screen()).toContain('4 target devices: 1 from the tree; 3 typed; 2 of them new');
    wizard.type(', 10.0.0.300');
    expect(wizard.screen()).toContain('not readable: 1');
    expect(wizard.screen()).toContain('“10.0.0.300”: ');
    wizard.keys('enter');
    expect(problemFields(wizard)).toEqual(['typedAddresses']);
  });

  it('takes pasted lines as a list', () => {
    const wizard = new WizardDriver(contextOf(smallFleet()), withPackage).focus('typedAddresses');
    wizard.paste('10.2.0.1\r\n10.2.0.2\n10.2.0.3\n');
    expect(wizard.open.values.typedAddresses).toBe('10.2.0.1, 10.2.0.2, 10.2.0.3');
    expect(wizard.screen()).toContain('3 target devices: 3 typed; 3 of them new');
  });

  it('reads a text file when Next is pressed, then goes on', () => {
    const wizard = new WizardDriver(contextOf(smallFleet()), withPackage).focus('addressFile').type('~/list');
    expect(wizard.keys('enter').takeEffect()).toEqual({ kind: 'readAddressFile', path: '~/list' });
    expect(wizard.keys('enter').takeEffect()).toBeNull();
    const list = { devices: [], refused: [] };
    wizard.send({
      type: 'addressFileRead',
      wizardId: 1,
      path: '~/list',
      outcome: {
        ok: true,
        value: {
          ...list,
          devices: [
            {
              line: 1,
              name: 'db1',
              address: 'db1',
              port: null,
              user: null,
              jumpHost: null,
              groupPath: null,
              platform: 'linux',
            },
          ],
        },
      },
    });
    expect(wizard.open.step).toBe('settings');
  });

  it('reads a text file as soon as the path names one, and says what is wrong in it by line', () => {
    const wizard = new WizardDriver(contextOf(smallFleet()), withPackage).focus('addressFile').type('~/li');
    expect(wizard.takeEffect()).toEqual({ kind: 'lookAtPath', field: 'addressFile', path: '~/li' });
    const seen = { path: '~/li', kind: 'nothing', candidates: ['list', 'list.old'] } as const;
    wizard.send({ type: 'pathSeen', wizardId: 1, field: 'addressFile', seen, list: null });
    expect(wizard.screen()).toContain('Tab: list  list.old');
    wizard.keys('tab');
    expect(wizard.open.values.addressFile).toBe('~/list');
    expect(wizard.takeEffect()).toMatchObject({ kind: 'lookAtPath', path: '~/list' });
    wizard.send({
      type: 'pathSeen',
      wizardId: 1,
      field: 'addressFile',
      seen: { path: '~/list', kind: 'file', candidates: ['list', 'list.old'] },
      list: parseAddressFile('10.0.0.4\n10.9.0.0/30\nnot this\n'),
    });
    expect(wizard.screen()).toMatch(/Line 3, “not this”: .+/);
    expect(wizard.screen()).toMatch(/target devices: \d from the file/);
    wizard.keys('tab');
    expect(wizard.open.focus).toBe('next');
  });

  it('ignores the answer to a wizard that was left', () => {
    const wizard = new WizardDriver(contextOf(smallFleet()), withPackage).focus('addressFile').type('~/list');
    const before = wizard.keys('enter').open;
    wizard.send({
      type: 'addressFileRead',
      wizardId: 99,
      path: '~/list',
      outcome: { ok: true, value: { devices: [], refused: [] } },
    });
    expect(wizard.open).toBe(before);
  });
});

describe('window 2: settings', () => {
  it('has the defaults of B12, B16, B19, B23, B33 and B35', () => {
    expect(atSettings().open.values).toMatchObject({
      networkAgent: true,
      sharedFoldersServer: true,
      sharedFoldersDistributionPoints: false,
      attemptsLimit: '3',
      foreignDevices: 'installOnAll',
      skipIfInstalled: true,
      verifyPlatform: true,
    });
  });

  it('refuses Next when no way of delivery is ticked (B22)', () => {
    const wizard = atSettings().keys('space').focus('sharedFoldersServer').keys('space', 'ctrl+n');
    expect(problemKeys(wizard)).toEqual(['wizard.problem.noDelivery']);
    expect(wizard.open.focus).toBe('networkAgent');
    wizard.focus('sharedFoldersServer').keys('space');
    expect(wizard.open.problems).toEqual([]);
  });

  it('keeps the distribution points disabled, with the reason, until there is one (B19)', () => {
    const wizard = atSettings().focus('sharedFoldersDistributionPoints').keys('space');
    expect(wizard.open.values.sharedFoldersDistributionPoints).toBe(false);
    expect(wizard.screen()).toContain('no distribution point');
    wizard.context = contextOf(smallFleet(), { hasDistributionPoints: true });
    wizard.keys('space');
    expect(wizard.open.values.sharedFoldersDistributionPoints).toBe(true);
  });

  it.each(['0', '100', '3.5', '-1', 'three', ''])('refuses %j attempts (B23)', (text) => {
    const wizard = atSettings().focus('attemptsLimit').keys('ctrl+u').type(text).keys('enter');
    expect(wizard.open.step).toBe('settings');
    expect(problemFields(wizard)).toEqual(['attemptsLimit']);
    expect(wizard.open.focus).toBe('attemptsLimit');
  });

  it.each(['1', '99', '１２'])('takes %j attempts', (text) => {
    const wizard = atSettings().focus('attemptsLimit').keys('ctrl+u').type(text).keys('enter');
    expect(wizard.open.step).toBe('license');
  });

  it('shows every line of the unfolded help page by page (B2)', () => {
    const wizard = atSettings().keys('ctrl+t');
    const all = wizard.view(78, 200).lines.flatMap((line) => line.map(({ text }) => text.trim()));
    const seen = new Set<string>();
    for (let page = 0; page < 8; page++) {
      for (const line of wizard.view().lines) for (const { text } of line) seen.add(text.trim());
      wizard.keys('pagedown');
    }
    expect(all.filter((text) => !seen.has(text))).toEqual([]);
  });

  it('takes an empty limit where empty means none', () => {
    const wizard = atSettings().focus('waveSize').type('0').keys('enter');
    expect(problemFields(wizard)).toEqual(['waveSize']);
    wizard.keys('backspace', 'enter');
    expect(wizard.open.step).toBe('license');
  });

  it('takes waves and thresholds as numbers or percentages, and refuses other words (B90)', () => {
    const wizard = atSettings().focus('waveSize').type('１０％');
    wizard.focus('stopAfterFailures').type('5').focus('stopAfterUnreachable').type('150%').keys('enter');
    expect(problemFields(wizard)).toEqual(['stopAfterUnreachable']);
    wizard.keys('ctrl+u').type('50%').keys('enter');
    expect(wizard.open.step).toBe('license');
    expect(taskSettingsOf(wizard.open, wizard.context)).toMatchObject({
      waveSize: '10%',
      stopAfterFailures: 5,
      stopAfterUnreachable: '50%',
    });
  });
});

describe('windows 3 and 4', () => {
  const atRestart = () => atSettings().keys('enter', 'enter');

  it('offers no license but "No license", with the reason (B36)', () => {
    const wizard = atSettings().keys('enter');
    expect(wizard.open.focus).toBe('license.none');
    wizard.keys('down', 'space');
    expect(wizard.open.values.license).toBe('none');
    expect(wizard.screen()).toContain('no license is stored');
  });

  it('prompts the user by default (B41) and does not force closure (B43)', () => {
    expect(atRestart().open.values).toMatchObject({
      restartKind: 'promptUser',
      restartRepeat: '5',
      restartAutomatic: '30',
      forceClose: false,
    });
  });

  it('does not take another choice when Enter is pressed all the way', () => {
    const wizard = atRestart().keys('enter');
    expect(wizard.open.step).toBe('accounts');
    expect(wizard.open.values.restartKind).toBe('promptUser');
  });

  it('unfolds the prompt with [Modify], and does not fold wrong settings away', () => {
    const wizard = atRestart().focus('modifyPrompt').keys('enter').focus('restartRepeat');
    wizard.keys('ctrl+u').type('1441').focus('modifyPrompt').keys('enter');
    expect(wizard.open.isModifyingPrompt).toBe(true);
    expect(problemFields(wizard)).toEqual(['restartRepeat']);
    wizard.focus('restartRepeat').keys('backspace').focus('modifyPrompt').keys('enter');
    expect(wizard.open.isModifyingPrompt).toBe(false);
    expect(wizard.open.values.restartRepeat).toBe('144');
  });

  it('does not offer [Modify] for the other choices', () => {
    const wizard = atRestart().focus('restartKind.restart').keys('space').focus('modifyPrompt').keys('enter');
    expect(wizard.open.isModifyingPrompt).toBe(false);
  });
});

describe('back and leave', () => {
  it('loses nothing on the way back', () => {
    const wizard = atSettings().focus('concurrency').keys('ctrl+u').type('7');
    wizard.keys('ctrl+p');
    expect(wizard.open.step).toBe('devices');
    wizard.keys('enter');
    expect(wizard.open.step).toBe('settings');
    expect(wizard.open.values.concurrency).toBe('7');
    expect([...wizard.open.markedDeviceIds]).toEqual([idOf('dev', 5)]);
  });

  it('has no Back in the first window', () => {
    const wizard = new WizardDriver(contextOf(smallFleet()), withPackage);
    expect(wizard.screen()).not.toContain('[ Back ]');
    expect(wizard.keys('ctrl+p').open.step).toBe('devices');
  });

  it('asks before it is left; the safe answer has the focus', () => {
    const wizard = atSettings().keys('escape');
    expect(wizard.open.leaving).toBe('stay');
    wizard.keys('enter');
    expect(wizard.open.leaving).toBeNull();
    expect(wizard.keys('escape', 'tab', 'enter').takeEffect()).toEqual({ kind: 'close', submitted: null });
    expect(wizard.send({ type: 'closed' }).state).toBeNull();
  });
});

describe('what others change meanwhile', () => {
  it('leaves a removed device out', () => {
    const wizard = atSettings().keys('ctrl+p');
    wizard.context = contextOf(
      modelOf({ packages: [...smallFleet().packages.values()], devices: [device(1)] }),
    );
    wizard.keys('ctrl+n');
    expect(problemKeys(wizard)).toEqual(['wizard.problem.noDevice']);
  });
});
