import { describe, expect, it } from 'vitest';
import { type ActionId, bindingsOf, type KeyContext, keymap } from '../../../src/console/keys/keymap.ts';
import { routeKey } from '../../../src/console/keys/route.ts';
import { whyDisabled } from '../../../src/console/perform/availability.ts';
import { pressTable, pressTree } from '../../../src/console/perform/mousePresses.ts';
import { readingCommands } from '../../../src/console/readingCommands.ts';
import { selectTable } from '../../../src/console/viewmodels/selectTable.ts';
import { failed } from '../../../src/domain/failure.ts';
import type { CommandName } from '../../../src/protocol/commands.ts';
import {
  account,
  device,
  fakeConsole,
  group,
  hostKey,
  installationPackage,
  loadedState,
  run,
  task,
} from '../consoleFixture.ts';

type Fake = ReturnType<typeof fakeConsole>;
const press = ({ context }: Fake, ...chords: string[]) => {
  for (const chord of chords) {
    const text = [...chord].length === 1 ? chord : chord === 'space' ? ' ' : null;
    routeKey(context, { chord, text });
  }
};
const type = (fake: Fake, text: string) => press(fake, ...[...text].map((c) => (c === ' ' ? 'space' : c)));
const ui = ({ store }: Fake) => store.getState().ui;
const view = ({ store }: Fake) => selectTable(store.getState());
const top = (fake: Fake) => ui(fake).overlays.at(-1);
const noticeOf = (fake: Fake) => {
  const content = ui(fake).notice?.content;
  return content !== undefined && 'key' in content ? content.key : null;
};

const fleet = () =>
  fakeConsole(
    loadedState({
      devices: ['web1', 'web2', 'web3', 'db1'].map((id) =>
        device(id, { groupId: id === 'db1' ? null : 'g2' }),
      ),
      groups: [group('g1', 'Tokyo'), group('g2', 'Web', 'g1')],
      packages: [installationPackage('app')],
      accounts: [account('root')],
      tasks: [task('t')],
      runs: [run('r', { finishedAt: null })],
      hostKeys: [hostKey('k1', 'changed'), hostKey('k2', 'trusted')],
    }),
  );

describe('jumps', () => {
  it('take two strokes, show what may follow, and remember where they began', () => {
    const fake = fleet();
    press(fake, 'g');
    expect(ui(fake).stroke).toBe('g');
    press(fake, 'd');
    expect(ui(fake)).toMatchObject({ stroke: null, node: 'managed', pane: 'table' });
    press(fake, 'g', 'h');
    expect(ui(fake).node).toBe('hostKeys');
    press(fake, '[');
    expect(ui(fake).node).toBe('managed');
    press(fake, '[');
    expect(ui(fake)).toMatchObject({ node: 'packages', pane: 'tree' });
    press(fake, ']', ']');
    expect(ui(fake).node).toBe('hostKeys');
    press(fake, ']');
    expect(noticeOf(fake)).toBe('console.why.noForward');
  });

  it('say so when there is no such key, and Esc takes the first stroke back', () => {
    const fake = fleet();
    press(fake, 'g', 'y');
    expect(noticeOf(fake)).toBe('console.why.noSuchKey');
    press(fake, 'g', 'escape');
    expect(ui(fake)).toMatchObject({ stroke: null, notice: null, node: 'packages' });
  });

  it('come back from a run to where it was opened', () => {
    const fake = fleet();
    press(fake, 'g', 'r', 'enter');
    expect(ui(fake).screen).toBe('run');
    press(fake, 'g', 'p');
    expect(ui(fake)).toMatchObject({ screen: 'console', node: 'packages' });
    press(fake, '[');
    expect(ui(fake).screen).toBe('run');
    press(fake, '[');
    expect(ui(fake)).toMatchObject({ screen: 'console', node: 'runs' });
  });
});

describe('the palette', () => {
  it('goes to an object wherever it is, through folded groups and a filter that hides it', () => {
    const fake = fleet();
    press(fake, 'g', 'd', '/');
    type(fake, 'nothing like it');
    press(fake, 'enter', ':');
    type(fake, 'web2');
    press(fake, 'enter');
    expect(ui(fake)).toMatchObject({ node: 'group:g2', pane: 'table' });
    expect(view(fake).rows[view(fake).cursor]?.id).toBe('web2');
    press(fake, ':', 'enter');
    expect(ui(fake).recent).toEqual(['device:web2']);
  });

  it('does actions, and tells why one is off', () => {
    const fake = fleet();
    press(fake, ':');
    type(fake, 'trust host keys');
    press(fake, 'enter');
    expect(top(fake)?.kind).toBe('palette');
    expect(noticeOf(fake)).toBe('console.why.notHere');
    press(fake, 'escape', ':');
    type(fake, 'overview');
    press(fake, 'enter');
    expect(ui(fake).node).toBe('server');
  });
});

describe('sorting by keys', () => {
  const sorted = (fake: Fake) => ui(fake).sorts['devices'];
  it('chooses a column, goes on to the next, turns round, and keeps the cursor on its row', () => {
    const fake = fleet();
    press(fake, 'g', 'd', 'j', 's', 'down', 'enter');
    expect(sorted(fake)).toEqual({ column: 'address', isDescending: false });
    press(fake, 'S');
    expect(sorted(fake)).toEqual({ column: 'address', isDescending: true });
    press(fake, '<', 'S');
    expect(sorted(fake)).toEqual({ column: 'name', isDescending: true });
    expect(view(fake).rows.map(({ id }) => id)).toEqual(['web3', 'web2', 'web1']);
    expect(view(fake).rows[view(fake).cursor]?.id).toBe('web2');
  });
});

describe('marks and the filter', () => {
  it('leave marked rows alone that the filter hides, and say so', () => {
    const fake = fleet();
    press(fake, 'g', 'd', 'a', '/');
    type(fake, 'web1');
    press(fake, 'enter');
    expect(view(fake).marked).toEqual({ inSight: 1, hidden: 2 });
    press(fake, 'D');
    const question = top(fake);
    expect(question?.kind === 'confirm' && question.lines.map(({ key }) => key)).toContain(
      'console.confirm.hiddenMarks',
    );
    press(fake, 'right', 'enter');
    expect(fake.sent).toEqual([{ command: 'removeDevices', params: { ids: ['web1'] } }]);
  });

  it('do nothing when the filter hides every mark: the cursor’s row was not meant', () => {
    const fake = fleet();
    press(fake, 'g', 'd', 'space', '/');
    type(fake, 'web3');
    press(fake, 'enter', 'D');
    expect(top(fake)).toBeUndefined();
    expect(noticeOf(fake)).toBe('console.why.marksHidden');
    press(fake, '*', 'escape');
    expect([...view(fake).table.marks]).toEqual(['web1', 'web3']);
    press(fake, 'U');
    expect(view(fake).table.marks.size).toBe(0);
  });

  it('an unknown field marks nothing', () => {
    const fake = fleet();
    press(fake, 'g', 'd', '/');
    type(fake, 'sate:x');
    expect(view(fake).problem?.key).toBe('console.filter.unknownField');
    press(fake, 'enter', 'a');
    expect(view(fake).table.marks.size).toBe(0);
  });

  it('completes with Tab', () => {
    const fake = fleet();
    press(fake, 'g', 'd', '/', 'g', 'tab', 't', 'tab', 'enter');
    expect(view(fake).table.filter).toBe('group:Tokyo/Web');
  });
});

describe('a read-only console', () => {
  const readOnly = () => {
    const state = fleet().store.getState();
    const unanswered = () => failed('server.unreachable', {});
    return fakeConsole(
      { ...state, ui: { ...state.ui, isReadOnly: true } },
      Object.fromEntries([...readingCommands].map((command) => [command, unanswered])),
    );
  };
  const contexts = Object.keys(keymap) as KeyContext[];
  const actions = [
    ...new Set(contexts.flatMap((context) => bindingsOf(context).map(({ action }) => action))),
  ];
  const quiet = new Set<ActionId>(['quit', 'suspend', 'redraw']);

  it.each(['g d', 'g p', 'g t', 'g a', 'g h', 'g r'])(
    'asks for no change by any key, at %s',
    async (place) => {
      for (const action of actions.filter((one) => !quiet.has(one))) {
        const chord = contexts
          .flatMap((context) => bindingsOf(context))
          .find((binding) => binding.action === action)!.chords[0]!;
        const fake = readOnly();
        press(fake, ...place.split(' '), ...chord.split(' '), 'right', 'enter', 'enter');
        await new Promise((resolve) => setImmediate(resolve));
        const changes = fake.sent
          .map(({ command }) => command)
          .filter((one: CommandName) => !readingCommands.has(one));
        expect(changes, action).toEqual([]);
      }
    },
  );

  it('says why', () => {
    const fake = readOnly();
    press(fake, 'g', 'd');
    expect(whyDisabled(fake.store.getState(), 'removeEntries')).toBe('console.why.readOnly');
    press(fake, 'n');
    expect(noticeOf(fake)).toBe('console.why.readOnly');
  });
});

describe('the mouse', () => {
  const click = { button: 'left', x: 10, y: 2, isDouble: false } as const;
  const widths = [14, 15, 14];

  it('gives a row the cursor, opens it twice, marks at its first cells, sorts by a heading', () => {
    const fake = fleet();
    press(fake, 'g', 'd');
    const at = { top: 0, widths };
    pressTable(fake.context, click, at, 'tableOpen');
    expect(view(fake).cursor).toBe(1);
    pressTable(fake.context, { ...click, x: 0 }, at, 'tableOpen');
    expect([...view(fake).table.marks]).toEqual(['web2']);
    pressTable(fake.context, { ...click, x: 20, y: 0 }, at, 'tableOpen');
    expect(view(fake).sort).toEqual({ column: 'address', isDescending: false });
    pressTable(fake.context, { ...click, y: 99 }, at, 'tableOpen');
    expect(view(fake).cursor).toBe(1);
    pressTable(fake.context, { ...click, isDouble: true }, at, 'tableOpen');
    expect(top(fake)?.kind).toBe('menu');
  });

  it('selects a node, and unfolds it at its sign', () => {
    const fake = fleet();
    const nodes = ['server', 'managed', 'group:g1'];
    pressTree(fake.context, { ...click, x: 12, y: 2 }, 0);
    expect(ui(fake).node).toBe(nodes[2]);
    expect(ui(fake).expanded.has('group:g1')).toBe(false);
    pressTree(fake.context, { ...click, x: 2, y: 2 }, 0);
    expect(ui(fake).expanded.has('group:g1')).toBe(true);
    pressTree(fake.context, { ...click, button: 'wheelDown' }, 0);
    expect(ui(fake).node).toBe('group:g2');
  });
});

describe('the overview', () => {
  it('names what needs somebody first, and Enter leads there with the rest filtered out', () => {
    const fake = fleet();
    press(fake, 'g', 'o');
    expect(
      view(fake)
        .rows.map(({ id }) => id)
        .slice(0, 2),
    ).toEqual(['running', 'keysChanged']);
    press(fake, 'j', 'enter');
    expect(ui(fake).node).toBe('hostKeys');
    expect(view(fake).rows.map(({ id }) => id)).toEqual(['k1']);
  });

  it('leads to a run that did not end well', () => {
    const ended = run('bad', {
      state: 'finished',
      finishedAt: '2026-01-31T13:00:00.000Z',
      counts: { failed: 2 },
    });
    const fake = fakeConsole(loadedState({ runs: [ended] }));
    press(fake, 'g', 'o', 'enter');
    expect(ui(fake).screen).toBe('run');
    expect(fake.store.getState().run?.runId).toBe('bad');
  });
});

describe('panes', () => {
  it('are reached by number; the details scroll, hide and come back', () => {
    const fake = fleet();
    press(fake, '3');
    expect(ui(fake).pane).toBe('detail');
    press(fake, 'p');
    expect(ui(fake)).toMatchObject({ isDetailShown: false, pane: 'table' });
    press(fake, '1');
    expect(ui(fake).pane).toBe('tree');
    press(fake, '}');
    expect(ui(fake).treeWidth).toBe(32);
  });
});
