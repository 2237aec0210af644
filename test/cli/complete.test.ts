import { describe, expect, it } from 'vitest';
import { complete } from '../../src/cli/completion/complete.ts';
import { namesOf } from '../../src/cli/completion/nameKinds.ts';
import { commandTable } from '../../src/commandTable.ts';
import { translator } from '../../src/i18n/translate.ts';
import type { Snapshot } from '../../src/protocol/answers.ts';

const asked: string[] = [];
const words = async (...typed: string[]): Promise<string[]> => {
  const { candidates, hasFiles } = await complete(typed, commandTable, translator('en'), async (kind) => {
    asked.push(kind);
    return [
      { word: `${kind}-1`, text: '' },
      { word: 'other', text: '' },
    ];
  });
  return [...candidates.map(({ word }) => word), ...(hasFiles ? [':files'] : [])];
};

describe('completion', () => {
  it.each([
    [['pack'], ['package']],
    [['--json', 'hostk'], ['hostkey']],
    [['--la'], ['--lang']],
    [
      ['--lang', ''],
      ['en', 'ja'],
    ],
    [
      ['completion', ''],
      ['bash', 'zsh', 'fish'],
    ],
    [['package', 'sh'], ['show']],
    [['--data', '/d', 'package', 'sh'], ['show']],
    [['package', 'add', ''], [':files']],
    [
      ['install', 'p'],
      ['package-1', ':files'],
    ],
    [['install', 'x', '--restart', 'a'], ['always']],
    [['install', 'x', '--restart-a'], ['--restart-after']],
    [['install', 'x', '--device', 'a', '--device', 'd'], ['device-1']],
    [['install', 'x', '--plan', '--pla'], []],
    [
      ['install', 'x', '--account', ''],
      ['account-1', 'other'],
    ],
    [['install', 'x', '--attempts', ''], []],
    [['device', 'check', 'a', 'b', 'dev'], ['device-1']],
    [['run', 'log', '1', 'dev'], ['device-1']],
    [['run', 'log', '1', 'a', 'dev'], []],
    [['account', 'add', 'x', '--key', ''], [':files']],
    [['--data', ''], [':files']],
    [['nonsense', ''], []],
    [['package', 'nonsense', ''], []],
  ])('%j: %j', async (typed, expected) => expect(await words(...typed)).toEqual(expected));

  it('asks the server for names only where one may stand', async () => {
    asked.length = 0;
    await words('install', 'x', '--re');
    expect(asked).toEqual([]);
  });

  it('never names what no usage names', async () => {
    expect(await words('')).not.toContain('complete');
  });

  it('knows paths of groups, and leaves out a name that would not be itself on a terminal', () => {
    const snapshot = {
      collections: {
        groups: [
          { id: 'a', name: '東京', parentId: null },
          { id: 'b', name: 'Web', parentId: 'a' },
          { id: 'c', name: 'x\u202ey', parentId: null },
        ],
      },
    } as unknown as Snapshot;
    expect(namesOf(snapshot, 'group').map(({ word }) => word)).toEqual(['東京', '東京/Web']);
  });
});
