import { type ActionId, bindingsOf, type KeyContext } from '../../src/console/keys/keymap.ts';
import { selectRunDevices } from '../../src/console/viewmodels/selectRun.ts';
import { selectTable, selectTree } from '../../src/console/viewmodels/selectTable.ts';
import type { StepId } from '../../src/console/wizard/wizardState.ts';
import type { Language } from '../../src/i18n/registry.ts';
import { DrawnConsole } from '../console/drawnConsole.tsx';
import { answers } from './answers.ts';
import { fleet, runDevices } from './fleet.ts';

/** One documented screen. */
export interface Scene {
  readonly part: 'workspaces' | 'overlays' | 'wizard' | 'run' | 'states';
  readonly name: string;
  readonly console: DrawnConsole;
}

export interface SceneOrder {
  readonly language: Language;
  readonly width: number;
  readonly height: number;
}

/** Moving and marking change no screen that is worth a picture of its own. */
const isShown = (action: ActionId) =>
  !/^(list|mark|tab|log|scroll|tree|nextPane|quit|suspend|redraw|language|back|device)/.test(action);

const kebab = (text: string) => text.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** A console of its own for each part of the walk, so that nothing is left over from the one before. */
const open = (order: SceneOrder, pane: 'tree' | 'table' = 'table') =>
  DrawnConsole.open({ ...order, snapshot: fleet(), answers }).then(async (console) => {
    await console.dispatch({ type: 'ui/set', change: { pane } });
    return console;
  });

const groupsOpen = ['group:grp-tokyo'];

async function goTo(console: DrawnConsole, node: string): Promise<void> {
  for (const group of groupsOpen)
    await console.dispatch({ type: 'ui/expanded', node: group, isExpanded: true });
  await console.dispatch({ type: 'ui/node', node });
}

/** Every node of the tree with each of its tables. */
async function* workspaces(order: SceneOrder): AsyncGenerator<Scene> {
  const console = await open(order);
  await goTo(console, 'packages');
  const kinds = new Set<string>();
  for (const { id, kind } of selectTree(console.state)) {
    if (kinds.has(kind)) continue;
    kinds.add(kind);
    await goTo(console, id);
    const { definitions } = selectTable(console.state);
    // The run's own screen has the shorter name.
    const node = kind === 'run' ? 'run-node' : kebab(kind);
    for (const [tab, definition] of definitions.entries()) {
      await console.dispatch({ type: 'ui/tab', node: id, tab });
      const name = definitions.length === 1 ? node : `${node}-${kebab(definition.kind)}`;
      yield { part: 'workspaces', name, console };
    }
  }
  console.close();
}

/** Back to the workspace, whatever has opened; false: only a new console leads there. */
async function closeAll(console: DrawnConsole, { ui: was }: DrawnConsole['state']): Promise<boolean> {
  for (let i = 0; i < 3 && console.state.ui.overlays.length > 0; i++) await console.press('escape');
  const { ui, wizard } = console.state;
  if (ui.notice !== null) await console.dispatch({ type: 'ui/notice', notice: null });
  return wizard === null && ui.overlays.length === 0 && ui.screen === was.screen && ui.node === was.node;
}

/** Every action that opens something above the table, the tree or the run. */
async function* overlaysOf(
  open: () => Promise<DrawnConsole>,
  context: KeyContext,
  prefix: string,
): AsyncGenerator<Scene> {
  const actions = new Map(
    bindingsOf(context)
      .filter(({ action }) => isShown(action))
      .map(({ action, chords }) => [action, chords[0]!]),
  );
  let console = await open();
  for (const [action, chord] of actions) {
    if (action === 'filter' && prefix !== 'devices') continue;
    const before = console.state;
    await console.press(chord);
    if (console.state.ui.overlays.length > before.ui.overlays.length)
      yield { part: 'overlays', name: `${prefix}-${kebab(action)}`, console };
    if (await closeAll(console, before)) continue;
    console.close();
    console = await open();
  }
  console.close();
}

async function* overlays(order: SceneOrder): AsyncGenerator<Scene> {
  const console = await open(order);
  await goTo(console, 'packages');
  const nodes = selectTree(console.state);
  const kinds = new Map<string, string>();
  for (const { id } of nodes) {
    await goTo(console, id);
    const { definition } = selectTable(console.state);
    if (definition.kind !== 'overview' && !kinds.has(definition.kind)) kinds.set(definition.kind, id);
  }
  console.close();
  const at = (node: string, pane: 'tree' | 'table') => async () => {
    const one = await open(order, pane);
    await goTo(one, node);
    return one;
  };
  for (const [kind, id] of kinds) yield* overlaysOf(at(id, 'table'), 'table', kebab(kind));
  yield* overlaysOf(at('group:grp-web', 'tree'), 'tree', 'group');
  const help = await open(order);
  await help.press('?');
  yield { part: 'overlays', name: 'help', console: help };
  help.close();
}

/** Tab goes on until this has the focus. */
async function focus(console: DrawnConsole, id: string): Promise<void> {
  for (let i = 0; i < 60 && console.state.wizard?.focus !== id; i++) await console.press('tab');
  if (console.state.wizard?.focus !== id) throw new Error(`${id} never had the focus`);
}

/** What the windows hide until it is asked for, by its button. */
const unfolding: Partial<
  Record<StepId, readonly (readonly [button: string, name: string, closing: string])[]>
> = {
  restart: [['modifyPrompt', 'wizard-restart-modify', 'modifyPrompt']],
  license: [['addLicense', 'wizard-license-add', 'discardLicense']],
  accounts: [['addAccount', 'wizard-accounts-add', 'discardAccount']],
};

/** The wizard's windows in their order, with what unfolds in them. */
async function* wizard(order: SceneOrder): AsyncGenerator<Scene> {
  const console = await open(order);
  await goTo(console, 'server');
  await console.press('i');
  const isPackageFirst = console.state.wizard !== null;
  if (isPackageFirst) yield { part: 'wizard', name: 'wizard-package', console };
  console.close();

  const flow = await open(order);
  await goTo(flow, 'packages');
  await flow.press('i');
  const step = () => flow.state.wizard?.step;
  const seen = new Set<string>();
  for (let steps = 0; step() !== undefined && steps < 12; steps++) {
    const now = step()!;
    if (seen.has(now)) throw new Error(`Next does not lead on from ${now}:\n${flow.text()}`);
    seen.add(now);
    if (now === 'devices') {
      await flow.press('ctrl+n');
      yield { part: 'wizard', name: 'wizard-devices-refused', console: flow };
      await flow.press('space');
    }
    if (now === 'accounts') await flow.press('space');
    yield { part: 'wizard', name: `wizard-${kebab(now)}`, console: flow };
    await flow.press('ctrl+t');
    yield { part: 'wizard', name: `wizard-${kebab(now)}-help`, console: flow };
    await flow.press('ctrl+t');
    for (const [button, name, closing] of unfolding[now] ?? []) {
      await focus(flow, button);
      await flow.press('enter');
      yield { part: 'wizard', name, console: flow };
      await focus(flow, closing);
      await flow.press('enter');
    }
    if (now === 'start') break;
    await flow.press('ctrl+n');
    if (now !== 'accounts') continue;
    // New host keys keep Next from going on until it is said what happens with them.
    yield { part: 'wizard', name: 'wizard-accounts-refused', console: flow };
    await focus(flow, 'scanHostKeys');
    await flow.press('enter');
    yield { part: 'wizard', name: 'wizard-accounts-keys', console: flow };
    await focus(flow, 'hostKeyPolicy.acceptNew');
    await flow.press('space', 'ctrl+n');
  }
  await flow.press('escape');
  yield { part: 'wizard', name: 'wizard-leave', console: flow };
  flow.close();
}

async function* run(order: SceneOrder): AsyncGenerator<Scene> {
  const openRun = async () => {
    const console = await open(order);
    await console.openRun('run-2');
    return console;
  };
  const console = await openRun();
  yield { part: 'run', name: 'run', console };
  await console.press('c');
  yield { part: 'run', name: 'run-causes', console };
  await console.press('c');
  const cursorId = () => {
    const { rows, cursor } = selectRunDevices(console.state);
    return rows[cursor]?.id;
  };
  for (let i = 0; i < runDevices.length && cursorId() !== 'dev-web3'; i++) await console.press('j');
  await console.press('enter');
  yield { part: 'run', name: 'run-device', console };
  console.close();
  yield* overlaysOf(openRun, 'run', 'run');
}

/** Screens that no key leads to. */
async function* states(order: SceneOrder): AsyncGenerator<Scene> {
  const console = await open(order);
  await console.dispatch({
    type: 'model/connection',
    connection: 'reconnecting',
    failure: { code: 'server.unreachable', params: { reason: 'closed' }, stage: null, isRetryable: true },
    at: '2026-01-31T12:03:00.000Z',
  });
  yield { part: 'states', name: 'reconnecting', console };
  await console.resize(50, 12);
  yield { part: 'states', name: 'too-small', console };
  console.close();
  const empty = await DrawnConsole.open({
    ...order,
    snapshot: { ...fleet(), collections: { ...fleet().collections, packages: [] } },
    answers,
  });
  yield { part: 'states', name: 'no-packages', console: empty };
  empty.close();
}

/** All documented screens, one after the other; each stands in its console until the next is asked for. */
export async function* scenes(order: SceneOrder): AsyncGenerator<Scene> {
  yield* workspaces(order);
  yield* overlays(order);
  yield* wizard(order);
  yield* run(order);
  yield* states(order);
}
