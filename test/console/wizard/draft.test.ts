import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { draftFiles } from '../../../src/console/terminal/draftFiles.ts';
import { draftOf, parseDraft, restoredWizard } from '../../../src/console/wizard/wizardDraft.ts';
import { contextOf, device, idOf, mapOf, smallFleet, WizardDriver } from './wizardFixture.ts';

const start = { kind: 'package', packageId: idOf('pkg', 1) } as const;
const times = { beganAt: '2026-11-22T14:02:00.000Z', savedAt: '2026-11-22T14:05:00.000Z' };
const soon = '2026-11-22T18:00:00.000Z';

/** Window 5 with its form open, half filled in. */
function begun(): WizardDriver {
  const wizard = new WizardDriver(contextOf(smallFleet()), start).keys('end', 'space');
  wizard.focus('typedAddresses').type('10.7.0.1').keys('enter').focus('attemptsLimit');
  wizard.keys('ctrl+u').type('9').keys('enter', 'enter', 'enter').focus('accounts').keys('down', 'space');
  wizard.focus('addAccount').keys('enter').focus('accountUser').type('mika');
  return wizard.focus('accountPassword').type('s3cret-9');
}

describe('the draft of a wizard', () => {
  it('brings everything back but secrets', () => {
    const wizard = begun();
    const text = JSON.stringify(draftOf(wizard.open, wizard.context, times));
    expect(text).not.toContain('s3cret-9');
    const draft = parseDraft(text, soon)!;
    expect(draft.label).toBe('nginx 1.24.0');
    const again = restoredWizard({ id: 2, language: 'en' }, draft, wizard.context);
    expect(again).toMatchObject({ step: 'accounts', isAccountFormOpen: false, focus: 'accounts' });
    expect(again.values).toMatchObject({
      typedAddresses: '10.7.0.1',
      attemptsLimit: '9',
      accountPassword: '',
    });
    expect([...again.markedDeviceIds]).toEqual([idOf('dev', 5)]);
    expect([...again.includedAccountIds]).toEqual([idOf('acc', 2)]);
  });

  it('leaves out what is gone meanwhile, and reads the list of devices again', () => {
    const wizard = begun().focus('discardAccount').keys('enter').keys('ctrl+p', 'ctrl+p', 'ctrl+p', 'ctrl+p');
    wizard.focus('addressFile').type('/tmp/list');
    const draft = draftOf(wizard.open, wizard.context, times);
    const context = contextOf({ ...smallFleet(), devices: mapOf([device(1)]), accounts: new Map() });
    const again = restoredWizard({ id: 2, language: 'ja' }, draft, context);
    expect(again.markedDeviceIds.size + again.includedAccountIds.size).toBe(0);
    expect(again.effect).toEqual({ kind: 'lookAtPath', field: 'addressFile', path: '/tmp/list' });
  });

  it('is worth nothing after a day, or when it is no draft', () => {
    const wizard = begun();
    const text = JSON.stringify(draftOf(wizard.open, wizard.context, times));
    expect(parseDraft(text, '2026-11-23T14:05:00.000Z')).toBeNull();
    for (const bad of ['', '{', 'null', '{"draft":2}', text.replace('"package"', '"pack"')])
      expect(parseDraft(bad, soon)).toBeNull();
    const strange = { ...JSON.parse(text), values: { attemptsLimit: true, nobody: 'x', taskName: 'T' } };
    const again = restoredWizard(
      { id: 2, language: 'en' },
      parseDraft(JSON.stringify(strange), soon)!,
      wizard.context,
    );
    expect(again.values).toMatchObject({ attemptsLimit: '3', taskName: 'T' });
    expect(again.values).not.toHaveProperty('nobody');
  });
});

describe('the files of drafts', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'haifu-drafts-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('are for their owner only, and left to others once their console has ended', async () => {
    const child = spawn('sleep', ['60']);
    const living = draftFiles(folder, child.pid!);
    living.keep('one');
    living.keep('two');
    const [name] = await readdir(join(folder, 'drafts'));
    expect((await stat(join(folder, 'drafts', name!))).mode & 0o777).toBe(0o600);
    expect(await draftFiles(folder).left()).toEqual([]);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const [left] = await draftFiles(folder).left();
    expect(left?.text).toBe('two');
    await draftFiles(folder).remove(left!.path);
    expect(await draftFiles(folder).left()).toEqual([]);
  });

  it('that cannot be written do not stop the wizard', () => {
    expect(() => draftFiles('/proc/nowhere').keep('text')).not.toThrow();
  });
});
