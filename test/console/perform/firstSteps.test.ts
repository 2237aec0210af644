import { expect, it, vi } from 'vitest';
import { routeKey } from '../../../src/console/keys/route.ts';
import { topForm } from '../../../src/console/perform/formKeys.ts';
import type { PathSeen } from '../../../src/console/state/pathSeen.ts';
import { glyphSets } from '../../../src/console/terminal/glyphs.ts';
import { buildFirstSteps } from '../../../src/console/viewmodels/firstSteps.ts';
import { translate } from '../../../src/console/viewmodels/translate.ts';
import { failed } from '../../../src/domain/failure.ts';
import { account, fakeConsole, installationPackage, loadedState, task } from '../consoleFixture.ts';

const linesOf = (state: ReturnType<typeof loadedState>) =>
  buildFirstSteps(state, translate(state.ui.language), glyphSets.unicode).map((line) =>
    line
      .map(({ text }) => text)
      .join('')
      .trim(),
  );
const press = (fake: ReturnType<typeof fakeConsole>, ...chords: readonly string[]) => {
  for (const chord of chords) routeKey(fake.context, { chord, text: [...chord].length === 1 ? chord : null });
};

it('an empty console says what to do, ticks what is done, and is silent once there is a task', () => {
  expect(linesOf(loadedState({}))).toHaveLength(6);
  const begun = linesOf(loadedState({ packages: [installationPackage('p')], accounts: [account('a')] }));
  expect(begun).toHaveLength(5);
  expect(begun.map((line) => line.startsWith('✓'))).toEqual([false, true, false, true, false]);
  expect(linesOf(loadedState({ tasks: [task('t')] }))).toEqual([]);
});

it('each step is a key, which is the panes’ own again afterwards', () => {
  const fake = fakeConsole(loadedState({}));
  press(fake, '1');
  expect(topForm(fake.context)?.title.key).toBe('console.form.addPackage');
  press(fake, 'escape', '4');
  expect(fake.context.getState().wizard?.start).toEqual({ kind: 'nothing' });
  const busy = fakeConsole(loadedState({ tasks: [task('t')] }));
  press(busy, '1');
  expect(busy.context.getState().ui).toMatchObject({ pane: 'tree', overlays: [] });
});

it('Tab completes a path in a form, and moves on when there is nothing to add', async () => {
  const fake = fakeConsole(loadedState({}), {
    inspectDistributionPackage: () => failed('package.truncated'),
  });
  const seen: Record<string, Omit<PathSeen, 'path'>> = {
    d: { kind: 'nothing', candidates: ['demo.deb'] },
    'demo.deb': { kind: 'file', candidates: ['demo.deb'] },
  };
  const context = {
    ...fake.context,
    seePath: async (path: string): Promise<PathSeen> => ({ path, ...seen[path]! }),
  };
  routeKey(context, { chord: '1', text: '1' });
  routeKey(context, { chord: 'd', text: 'd' });
  await vi.waitFor(() => expect(topForm(context)?.pathSeen?.path).toBe('d'));
  routeKey(context, { chord: 'tab', text: null });
  expect(topForm(context)).toMatchObject({ focus: 'path', values: { path: 'demo.deb' } });
  await vi.waitFor(() => expect(topForm(context)?.pathSeen?.path).toBe('demo.deb'));
  routeKey(context, { chord: 'tab', text: null });
  expect(topForm(context)?.focus).toBe('name');
});
