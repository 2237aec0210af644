import { describe, expect, it } from 'vitest';
import { compileFilter } from '../../../src/console/viewmodels/filter/compileFilter.ts';
import { completedText, completeFilter } from '../../../src/console/viewmodels/filter/completeFilter.ts';
import { fitting, IndexedTexts } from '../../../src/console/viewmodels/filter/rowTexts.ts';
import { selectRunDevices } from '../../../src/console/viewmodels/selectRun.ts';
import type { ColumnDefinition } from '../../../src/console/viewmodels/tableDefinition.ts';
import { devicesTable } from '../../../src/console/viewmodels/tables/devices.ts';
import { hostKeysTable } from '../../../src/console/viewmodels/tables/hostKeys.ts';
import { failure } from '../../../src/domain/failure.ts';
import { translator } from '../../../src/i18n/translate.ts';
import { searchForm } from '../../../src/shared/searchForm.ts';
import { device, group, hostKey, loadedState, reduced, run, runDevice, time } from '../consoleFixture.ts';

const facts = {
  osName: 'Debian 12',
  osFamily: 'debian',
  architecture: 'amd64',
  bootId: null,
  seenAt: time,
} as const;
const devices = [
  device('web1', { groupId: 'g1', facts }),
  device('web2', { groupId: 'g2' }),
  device('db 1', { groupId: 'g0', facts }),
  device('v6', { address: '2001:db8::7' }),
];
const groups = [group('g0', 'Tokyo'), group('g1', 'Web', 'g0'), group('g2', 'Osaka')];
const model = loadedState({ devices, groups, hostKeys: [hostKey('a', 'trusted'), hostKey('b', 'changed')] })
  .model.collections;
const en = translator('en');
const ja = translator('ja');

const columnsOf = (table: { readonly columns: unknown }) => table.columns as readonly ColumnDefinition[];
const found = (filter: string) => {
  const { test } = compileFilter(filter, columnsOf(devicesTable), en);
  const texts = new IndexedTexts(devices, model, (row) => searchForm(devicesTable.searchText(row)));
  return (test === null ? devices : fitting(devices, test, texts)).map(({ id }) => id);
};

describe('a filter', () => {
  it.each([
    ['', ['web1', 'web2', 'db 1', 'v6']],
    ['WEB', ['web1', 'web2']],
    ['web debian', ['web1']],
    ['!web', ['db 1', 'v6']],
    ['os:debian', ['web1', 'db 1']],
    ['!os:debian name:web', ['web2']],
    ['group:Tokyo', ['web1', 'db 1']],
    ['group:tokyo/*', ['web1']],
    ['group:Tokyo/?eb', ['web1']],
    ['group:', ['web1', 'web2', 'db 1', 'v6']],
    ['name:"db 1"', ['db 1']],
    ['"db 1"', ['db 1']],
    ['"db 1', ['db 1']],
    ['web?', ['web1', 'web2']],
    ['2001:db8::7', ['v6']],
    ['address:2001:db8::7', ['v6']],
    ['"name:web"', []],
  ])('%s', (filter, ids) => expect(found(filter)).toEqual(ids));

  it('with an unknown field finds nothing and says which fields there are', () => {
    const compiled = compileFilter('sate:failed', columnsOf(devicesTable), en);
    expect(compiled.test?.(0, new IndexedTexts(devices, model, () => ''))).toBe(false);
    expect(compiled.problem?.params).toMatchObject({
      field: 'sate',
      fields: expect.stringContaining('group'),
    });
  });

  it('knows states by their names and by the words of the language', () => {
    const keys = [...model.hostKeys.values()];
    const ids = (filter: string, t: typeof en) => {
      const { test } = compileFilter(filter, columnsOf(hostKeysTable), t);
      return fitting(keys, test!, new IndexedTexts(keys, model, () => '')).map(({ id }) => id);
    };
    expect(ids('state:changed', ja)).toEqual(['b']);
    expect(ids(`state:${ja('console.hostKey.changed')}`, ja)).toEqual(['b']);
    expect(ids('state:trust', en)).toEqual(['a']);
  });
});

describe('completion', () => {
  const complete = (text: string, cursor = text.length) =>
    completeFilter({ text, cursor }, { columns: devicesTable.columns as never, rows: devices, model, t: en });
  const texts = (text: string) => complete(text).items.map((item) => item.text);

  it('offers fields, then the values that there are', () => {
    expect(texts('')).toContain('group:');
    expect(texts('gr')).toEqual(['group:']);
    expect(texts('web !gr')).toEqual(['!group:']);
    expect(texts('group:t')).toEqual(['group:Tokyo ', 'group:Tokyo/Web ']);
    expect(texts('name:d')).toEqual(['name:"db 1" ']);
    expect(texts('nosuch:')).toEqual([]);
    expect(complete('web', 1).items).toEqual([]);
  });

  it('goes as far as all agree', () => {
    expect(completedText(complete('group:t').items)).toBe('group:Tokyo');
    expect(completedText(complete('group:O').items)).toBe('group:Osaka ');
  });
});

it('filters the devices of a run by their state and reason, and by what the devices are', () => {
  const rows = [
    runDevice('web1', { state: 'failed', failure: failure('device.unreachable', {}) }),
    runDevice('web2', { state: 'succeeded' }),
  ];
  const watched = (filter: string) =>
    reduced(
      loadedState({ devices, groups, runs: [run('r')] }),
      { type: 'run/open', runId: 'r', at: time },
      { type: 'run/loaded', runId: 'r', run: run('r'), devices: rows },
      { type: 'ui/table', key: 'run/r', change: { filter } },
    );
  const ids = (filter: string) => selectRunDevices(watched(filter)).rows.map(({ id }) => id);
  expect(ids('state:failed group:Tokyo/* os:debian')).toEqual(['web1']);
  expect(ids('!state:failed')).toEqual(['web2']);
  expect(ids('reason:unreachable')).toEqual(['web1']);
  expect(selectRunDevices(watched('user:x')).problem?.key).toBe('console.filter.unknownField');
});
