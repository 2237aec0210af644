import { expect, it } from 'vitest';
import { pressInForm, topForm } from '../../../src/console/perform/formKeys.ts';
import { importDevices } from '../../../src/console/perform/importDevices.ts';
import { ok } from '../../../src/shared/result.ts';
import { fakeConsole, loadedState } from '../consoleFixture.ts';

it('shows what was refused in the place of the form, and leaves no form behind', async () => {
  const { context, store } = fakeConsole(loadedState(), {
    saveDevices: () => ok({ added: [{ id: 'dev-1' }], updated: [], refused: [] }),
  });
  importDevices(context, null);
  const form = topForm(context)!;
  context.dispatch({
    type: 'ui/overlayChanged',
    overlay: {
      kind: 'form',
      form: { ...form, values: { ...form.values, path: 'list', group: 'Tokyo' }, focus: 'submit' },
    },
  });
  const reported = new Promise<void>((resolve) => {
    store.subscribe(() => {
      if (store.getState().ui.overlays.at(-1)?.kind === 'report') resolve();
    });
  });
  pressInForm(context);
  await reported;
  expect(store.getState().ui.overlays.map(({ kind }) => kind)).toEqual(['report']);
  expect(store.getState().ui.overlays.at(-1)).toMatchObject({
    lines: [
      { role: 'status.warning' },
      { content: { key: 'console.report.importedGroup', params: { path: 'Tokyo', count: 1 } } },
      { role: 'status.error' },
    ],
  });
  context.dispatch({ type: 'ui/overlayClosed' });
  expect(store.getState().ui.overlays).toEqual([]);
});

it('refuses a bad group in its field, before anything is sent', async () => {
  const { context, store } = fakeConsole(loadedState(), {});
  importDevices(context, null);
  const form = topForm(context)!;
  const values = { ...form.values, path: 'list', group: '../x' };
  context.dispatch({
    type: 'ui/overlayChanged',
    overlay: { kind: 'form', form: { ...form, values, focus: 'submit' } },
  });
  const refused = new Promise<void>((resolve) => {
    store.subscribe(() => {
      if (topForm(context)?.problem != null) resolve();
    });
  });
  pressInForm(context);
  await refused;
  expect(topForm(context)!.problem).toMatchObject({ params: { field: 'group', expected: 'noDots' } });
});
