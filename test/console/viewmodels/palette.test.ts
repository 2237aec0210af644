import { describe, expect, it } from 'vitest';
import { bestOf, fuzzyScore } from '../../../src/console/viewmodels/palette/fuzzy.ts';
import { isAction, selectPalette } from '../../../src/console/viewmodels/palette/selectPalette.ts';
import { device, group, installationPackage, loadedState, reduced, run, task } from '../consoleFixture.ts';

describe('fuzzy ranking', () => {
  const ranked = (typed: string, ...texts: string[]) =>
    bestOf(texts, (text) => fuzzyScore(text, typed.split(' ')), 10);

  it('prefers the beginning, then the start of a word, then the middle, then scattered letters', () => {
    expect(ranked('web', 'wildebeest', 'cobweb', 'tokyo-web', 'web1')).toEqual([
      'web1',
      'tokyo-web',
      'cobweb',
      'wildebeest',
    ]);
    expect(ranked('web', 'db')).toEqual([]);
  });

  it('needs every word, in any order', () => {
    expect(ranked('tokyo web', 'web tokyo', 'web osaka')).toEqual(['web tokyo']);
  });

  it('answers the best few of many without losing one', () => {
    const texts = Array.from({ length: 5000 }, (_, i) => `host${i} x`);
    expect(bestOf([...texts, 'x'], (text) => fuzzyScore(text, ['x']), 3)).toContain('x');
  });
});

describe('the palette', () => {
  const state = loadedState({
    devices: [device('web1', { address: '192.0.2.77' }), device('イ')],
    groups: [group('g', '東京')],
    packages: [installationPackage('nginx')],
    tasks: [task('t', { name: 'Installation of nginx' })],
    runs: [run('r')],
  });
  const ids = (typed: string, from = state) => selectPalette(from, typed).map(({ id }) => id);

  it('lists actions with their keys before anything is typed', () => {
    const items = selectPalette(state, '');
    const filter = items.find(({ id }) => id === 'action:filter');
    expect(filter !== undefined && isAction(filter) && filter.chord).toBe('/');
    const jump = items.find(({ id }) => id === 'action:goDevices');
    expect(jump !== undefined && isAction(jump) && jump.chord).toBe('g d');
  });

  it('finds objects by name, address and kind', () => {
    expect(ids('192.0.2.77')[0]).toBe('device:web1');
    expect(ids('東京')[0]).toBe('group:g');
    expect(ids('device web1')[0]).toBe('device:web1');
    expect(ids('nginx').slice(0, 2).sort()).toEqual(['package:nginx', 'task:t']);
    expect(ids('installation of app')).toContain('run:r');
  });

  it('understands English in Japanese', () => {
    const japanese = reduced(state, { type: 'ui/language', language: 'ja' });
    expect(ids('host keys', japanese)).toContain('action:goHostKeys');
    expect(ids('デバイス', japanese)).toContain('action:goDevices');
  });

  it('puts what was chosen lately first', () => {
    const chosen = reduced(state, { type: 'ui/set', change: { recent: ['device:web1', 'device:gone'] } });
    expect(ids('', chosen)[0]).toBe('device:web1');
  });
});
