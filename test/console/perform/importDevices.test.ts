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
    overlay: { kind: 'form', form: { ...form, values: { ...form.values, path: 'list' }, focus: 'submit' } },
  });
  const reported = new Promise<void>((resolve) => {
    store.subscribe(() => {
      if (store.getState().ui.overlays.at(-1)?.kind === 'report') resolve();
    });
  });
  pressInForm(context);
  await reported;
  expect(store.getState().ui.overlays.map(({ kind }) => kind)).toEqual(['report']);
  context.dispatch({ type: 'ui/overlayClosed' });
  expect(store.getState().ui.overlays).toEqual([]);
});
