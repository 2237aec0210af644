import { expect, it } from 'vitest';
import { dataFolderOf } from '../../src/client/dataFolder.ts';

it.each([
  ['/given', { HAIFU_DATA: '/env', XDG_STATE_HOME: '/state' }, '/given'],
  [undefined, { HAIFU_DATA: '/env', XDG_STATE_HOME: '/state' }, '/env'],
  [undefined, { XDG_STATE_HOME: '/state' }, '/state/haifu'],
  [undefined, { XDG_STATE_HOME: 'relative' }, '/home/u/.local/state/haifu'],
  [undefined, {}, '/home/u/.local/state/haifu'],
  ['relative', {}, `${process.cwd()}/relative`],
])('%s with %o is %s', (given, environment, folder) =>
  expect(dataFolderOf(given, environment, '/home/u')).toBe(folder),
);
