import { expect, it } from 'vitest';
import { routeKey } from '../../../src/console/keys/route.ts';
import { glyphSets } from '../../../src/console/terminal/glyphs.ts';
import { daysLeftSpan, seatsSpan } from '../../../src/console/viewmodels/licenseText.ts';
import { translator } from '../../../src/i18n/translate.ts';
import { ok } from '../../../src/shared/result.ts';
import { fakeConsole, installationPackage, license, loadedState, reduced, time } from '../consoleFixture.ts';

type Fake = ReturnType<typeof fakeConsole>;
const press = ({ context }: Fake, ...chords: string[]) => {
  for (const chord of chords) {
    const text = [...chord].length === 1 ? chord : chord === 'space' ? ' ' : null;
    routeKey(context, { chord, text });
  }
};
const type = (fake: Fake, text: string) => press(fake, ...text);
const settled = () => new Promise((resolve) => setImmediate(resolve));
const top = ({ store }: Fake) => store.getState().ui.overlays.at(-1);
const onTable = (
  node: string,
  collections: Parameters<typeof loadedState>[0],
  answers: Parameters<typeof fakeConsole>[1] = {},
) =>
  fakeConsole(
    reduced(
      loadedState(collections),
      { type: 'ui/node', node },
      { type: 'ui/set', change: { pane: 'table' } },
    ),
    answers,
  );
const seat = (deviceName: string) => ({ deviceName, packageLabel: 'app 1.0', since: time });

it('a license is added with its key, and the key stands nowhere in the console afterwards (B101)', async () => {
  const fake = onTable('licenses', {}, { addLicense: () => ok({ license: license('lic') }) });
  press(fake, 'n');
  type(fake, 'Office');
  press(fake, 'tab');
  type(fake, 'office*');
  press(fake, 'tab', 'tab');
  type(fake, 'KEY-CANARY-1');
  press(fake, 'tab');
  type(fake, '５');
  press(fake, 'tab');
  type(fake, '2027-02-30');
  press(fake, 'tab', 'tab', 'enter');
  expect(fake.sent).toEqual([]);
  const overlay = top(fake);
  expect(overlay?.kind === 'form' && overlay.form).toMatchObject({ focus: 'expires' });
  press(fake, 'backspace', 'backspace');
  type(fake, '28');
  press(fake, 'tab', 'tab', 'enter');
  await settled();
  expect(fake.sent).toEqual([
    {
      command: 'addLicense',
      params: {
        name: 'Office',
        product: 'office*',
        seatsTotal: 5,
        expiresOn: '2027-02-28',
        note: '',
        key: 'KEY-CANARY-1',
      },
    },
  ]);
  expect(top(fake)).toBeUndefined();
  expect(JSON.stringify(fake.store.getState().ui)).not.toContain('CANARY');
});

it('an edit keeps the key unless one is typed, and u takes it back', async () => {
  const before = license('lic', { expiresOn: '2027-01-31' });
  const after = { ...before, seatsTotal: 20 };
  const fake = onTable('licenses', { licenses: [before] }, { updateLicense: () => ok({ license: after }) });
  press(fake, 'e', 'tab', 'tab', 'tab', 'tab');
  type(fake, '0');
  press(fake, 'tab', 'tab', 'tab', 'enter');
  await settled();
  const unchanged = { name: 'lic', product: 'app', expiresOn: '2027-01-31', note: '' };
  expect(fake.sent).toEqual([
    { command: 'updateLicense', params: { id: 'lic', ...unchanged, seatsTotal: 20 } },
  ]);
  fake.store.dispatch({
    type: 'model/events',
    at: time,
    events: [{ event: 'changed', seq: 2, changes: [{ collection: 'licenses', put: [after], removed: [] }] }],
  });
  press(fake, 'u');
  await settled();
  expect(fake.sent.at(-1)).toEqual({
    command: 'updateLicense',
    params: { id: 'lic', ...unchanged, seatsTotal: 2 },
  });
});

it('f frees the seat of the chosen device, after a question', async () => {
  const seats = { a: seat('web10'), b: seat('web2') };
  const answers = { releaseLicense: () => ok({ license: license('lic') }) };
  const fake = onTable('licenses', { licenses: [license('lic', { seats })] }, answers);
  press(fake, 'f');
  const pick = top(fake);
  expect(pick?.kind === 'pick' && pick.items.map(({ id }) => id)).toEqual(['b', 'a']);
  type(fake, 'web10');
  press(fake, 'enter');
  expect(fake.sent).toEqual([]);
  press(fake, 'tab', 'enter');
  await settled();
  expect(fake.sent).toEqual([{ command: 'releaseLicense', params: { id: 'lic', deviceIds: ['a'] } }]);
});

it('a package is given its license and the way in which it is handed over', async () => {
  const app = installationPackage('app');
  const answers = { updateInstallationPackage: () => ok({ package: app }) };
  const fake = onTable('packages', { packages: [app], licenses: [license('lic')] }, answers);
  press(fake, 'e', 'up', 'up', 'up');
  type(fake, '--key {licenseKey}');
  press(fake, 'tab');
  const form = top(fake);
  expect(form?.kind === 'form' && [...form.form.touched]).toContain('licenseDelivery');
  press(fake, 'shift+tab', 'ctrl+u');
  type(fake, 'environment:APP_KEY');
  press(fake, 'shift+tab', 'right', 'tab', 'tab', 'enter');
  await settled();
  expect(fake.sent).toEqual([
    {
      command: 'updateInstallationPackage',
      params: {
        id: 'app',
        licenseId: 'lic',
        licenseDelivery: { kind: 'environment', variable: 'APP_KEY' },
      },
    },
  ]);
});

it('seats and days are said by signs and words, not by colour alone', () => {
  const t = translator('en');
  const g = glyphSets.unicode;
  const full = license('lic', { seats: { a: seat('a'), b: seat('b') } });
  expect(seatsSpan(full, t, g)).toEqual({ text: '██████ 2 / 2 !', role: 'status.warning' });
  expect(seatsSpan({ ...full, seatsTotal: 1000 }, t, g).text).toBe('█░░░░░ 2 / 1000');
  expect(seatsSpan({ ...full, seatsTotal: null }, t, g).text).toBe('2 / unlimited');
  expect(daysLeftSpan(license('lic', { expiresOn: '2001-01-01' }), t, g).text).toBe('✗ expired');
  expect(daysLeftSpan(license('lic', { expiresOn: '2999-01-01' }), t, g)).toMatchObject({ role: 'text' });
});
