import { describe, expect, it } from 'vitest';
import { emptyLog } from '../../../src/console/state/logState.ts';
import { glyphSets } from '../../../src/console/terminal/glyphs.ts';
import type { StyledLine } from '../../../src/console/terminal/roles.ts';
import { buildDeviceLines } from '../../../src/console/viewmodels/deviceLines.ts';
import { tablesOfNode } from '../../../src/console/viewmodels/registry.ts';
import { runDeviceCells } from '../../../src/console/viewmodels/runDeviceCells.ts';
import { buildRunHeader } from '../../../src/console/viewmodels/runHeader.ts';
import { selectTable, selectTree } from '../../../src/console/viewmodels/selectTable.ts';
import { attemptStates } from '../../../src/domain/attempt.ts';
import { failure } from '../../../src/domain/failure.ts';
import type { RunDevice } from '../../../src/domain/model.ts';
import { languages } from '../../../src/i18n/registry.ts';
import { translator } from '../../../src/i18n/translate.ts';
import { cellWidth } from '../../../src/shared/cellWidth.ts';
import {
  account,
  device,
  group,
  hostKey,
  installationPackage,
  later,
  license,
  loadedState,
  reduced,
  run,
  runDevice,
  task,
  time,
} from '../consoleFixture.ts';

const hostile = '\u{1B}]0;owned\u{7}\u{1B}[2Jevil\u{202E}\r\n';
const control = /[\p{Cc}\u202e]/u;
const textOf = (lines: readonly StyledLine[]) =>
  lines.map((line) => line.map(({ text }) => text).join('')).join('\n');

const state = loadedState({
  packages: [installationPackage('pkg', { name: `p${hostile}`, version: hostile, command: hostile })],
  devices: [
    device('d', {
      name: `d${hostile}`,
      groupId: 'g',
      facts: { osName: hostile, osFamily: 'debian', architecture: hostile, bootId: null, seenAt: time },
    }),
    device('u', { name: 'u' }),
  ],
  groups: [group('g', `g${hostile}`), group('sub', 'sub', 'g')],
  accounts: [{ ...account('acc'), name: hostile, user: hostile }],
  licenses: [
    license('lic', {
      name: hostile,
      product: hostile,
      note: hostile,
      keyTail: hostile.slice(0, 4),
      keyFileName: hostile,
      seats: { d: { deviceName: hostile, packageLabel: hostile, since: time } },
    }),
  ],
  hostKeys: [{ ...hostKey('k', 'changed'), keyType: hostile, source: hostile }],
  tasks: [
    task('t', { name: `t${hostile}` }),
    task('gt', { targets: { kind: 'group', groupId: 'g' }, number: 2 }),
  ],
  runs: [run('r', { taskName: hostile, packageLabel: hostile, startedBy: hostile })],
});
const model = state.model.collections;

describe.each(Object.keys(languages) as (keyof typeof languages)[])('tables in %s', (language) => {
  const context = { t: translator(language), model, glyphs: glyphSets.unicode };

  it('draw nothing that could control the terminal (B102)', () => {
    for (const node of selectTree(
      reduced(state, { type: 'ui/expanded', node: 'group:g', isExpanded: true }),
    )) {
      for (const table of tablesOfNode[node.kind]) {
        for (const row of table.rows(model, node)) {
          for (const cell of table.cells(row, context)) expect(cell.text).not.toMatch(control);
          for (const { value } of table.details(row, context)) expect(value.text).not.toMatch(control);
        }
      }
    }
  });

  it('draw a run and its devices without control characters either', () => {
    const devices = [
      runDevice('x', {
        name: hostile,
        state: 'failed',
        attempt: 2,
        failure: failure('installer.exitCode', { exitCode: 1, lastLine: hostile }),
        activity: hostile,
        timeline: [{ state: 'connecting', at: time }],
      }),
    ];
    const watched = reduced(
      state,
      { type: 'run/open', runId: 'r', at: time },
      { type: 'run/loaded', runId: 'r', run: model.runs.get('r')!, devices },
    );
    const header = buildRunHeader(watched.run!, context, { width: 80, now: later(5), filter: hostile });
    expect(textOf(header).replaceAll('\n', '')).not.toMatch(control);
    const cells = devices.flatMap((one) => runDeviceCells(one, { ...context, attemptsLimit: 3 }));
    expect(cells.map(({ text }) => text).join('')).not.toMatch(control);
    for (const height of [14, 40]) {
      const { info } = buildDeviceLines(
        {
          device: devices[0]!,
          attemptsLimit: 3,
          log: emptyLog('x', null, false),
          width: 76,
          height,
          now: later(5),
        },
        context,
      );
      expect(textOf(info).replaceAll('\n', '')).not.toMatch(control);
    }
  });

  it('keep the number of other causes and the way back in sight behind a long reason', () => {
    const devices = [
      runDevice('a', { state: 'failed', failure: failure('account.refused', { accounts: 'x'.repeat(200) }) }),
      runDevice('b', {
        state: 'failed',
        failure: failure('installer.exitCode', { exitCode: 1, lastLine: '' }),
      }),
    ];
    const watched = reduced(
      loadedState({ runs: [run('r')] }),
      { type: 'run/open', runId: 'r', at: time },
      { type: 'run/loaded', runId: 'r', run: run('r'), devices },
    ).run!;
    const view = { width: 80, now: later(5), filter: '' };
    const last = textOf(buildRunHeader(watched, context, view).slice(-1));
    expect(last).toContain(context.t('console.run.moreCauses', { count: 1 }));
    expect(cellWidth(last)).toBeLessThanOrEqual(80);
  });

  it('say no try where the installer never ran (B27)', () => {
    const tryOf = (more: Partial<RunDevice>) =>
      runDeviceCells(runDevice('x', { attempt: 1, ...more }), { ...context, attemptsLimit: 2 })[3]!.text;
    expect(tryOf({ state: 'failed', failure: failure('account.refused') })).toBe('');
    expect(tryOf({ state: 'failed', failure: failure('installer.exitCode') })).toBe('1/2');
    expect(tryOf({ state: 'installing' })).toBe('1/2');
  });

  it('have words for every state, never a sign alone', () => {
    for (const attemptState of attemptStates) {
      const [, , cell] = runDeviceCells(runDevice('x', { state: attemptState }), {
        ...context,
        attemptsLimit: null,
      });
      expect(cell!.text).toContain(context.t(`states.${attemptState}`));
    }
  });
});

describe('which rows a node has', () => {
  const idsAt = (node: string, tab = 0) =>
    selectTable(
      reduced(
        state,
        { type: 'ui/expanded', node: 'group:g', isExpanded: true },
        { type: 'ui/node', node },
        { type: 'ui/tab', node, tab },
      ),
    ).rows.map(({ id }) => id);

  it('shows managed, unassigned and a group with its subgroups', () => {
    expect(idsAt('managed')).toEqual(['d']);
    expect(idsAt('unassigned')).toEqual(['u']);
    expect(idsAt('group:g')).toEqual(['d']);
    expect(idsAt('group:sub')).toEqual([]);
  });

  it('shows tasks for devices under [Tasks] and a group’s task in the group (B68)', () => {
    expect(idsAt('tasks')).toEqual(['t']);
    expect(idsAt('tasks', 1)).toEqual(['gt']);
    expect(idsAt('group:g', 1)).toEqual(['gt']);
    expect(idsAt('group:sub', 1)).toEqual([]);
  });

  it('returns the same rows while nothing changed that they are made of', () => {
    const before = reduced(state, { type: 'ui/node', node: 'unassigned' });
    const rows = selectTable(before).rows;
    const after = reduced(before, {
      type: 'model/events',
      at: time,
      events: [{ event: 'changed', seq: 2, changes: [{ collection: 'runs', put: [run('r')], removed: [] }] }],
    });
    expect(selectTable(after).rows).toBe(rows);
  });
});
