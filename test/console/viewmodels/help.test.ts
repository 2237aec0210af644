import { describe, expect, it } from 'vitest';
import type { KeyContext } from '../../../src/console/keys/keymap.ts';
import { buildHelp, helpOrder } from '../../../src/console/viewmodels/helpLines.ts';
import { buildHints } from '../../../src/console/viewmodels/hints.ts';
import { hintsShown } from '../../../src/console/widgets/HintBar.tsx';
import { translator } from '../../../src/i18n/translate.ts';
import { cellWidth } from '../../../src/shared/cellWidth.ts';

const t = translator('ja');
const textOf = (here: readonly KeyContext[]) =>
  buildHelp(t, 72, here).map((line) => line.map(({ text }) => text).join(''));

describe('the help', () => {
  it('begins in sight of a run with the keys that work there, and names every section once', () => {
    const lines = textOf(['runDevice', 'global', 'always']);
    expect(lines[0]).toBe(t('help.context.runDevice'));
    for (const context of helpOrder)
      expect(lines.filter((line) => line === t(`help.context.${context}`))).toHaveLength(1);
  });

  it('says elsewhere what the console is for, and goes on with the pane that has the focus', () => {
    const lines = textOf(['table', 'list', 'global', 'always']);
    expect(lines[0]).toContain('haifu');
    const at = (context: 'table' | 'global' | 'tree') => lines.indexOf(t(`help.context.${context}`));
    expect(at('table')).toBeLessThan(at('global'));
    expect(at('global')).toBeLessThan(at('tree'));
  });

  it('breaks what does not fit, and cuts nothing', () => {
    const lines = buildHelp(translator('en'), 64, ['run']).map((line) =>
      line.map(({ text }) => text).join(''),
    );
    const at = lines.findIndex((line) => line.startsWith('  7 '));
    expect(`${lines[at]} ${lines[at + 1]!.trim()}`).toContain(
      'Only what was skipped, cancelled or not started',
    );
    for (const line of lines) expect(cellWidth(line.trimEnd())).toBeLessThanOrEqual(64);
  });
});

describe('the hint bar', () => {
  it('names the installation at 80 cells in Japanese too', () => {
    const hints = buildHints(t, ['table', 'list', 'global', 'always'], null, () => true);
    expect(hintsShown(hints, 80).map(({ hint }) => hint.action)).toEqual(
      expect.arrayContaining(['tableOpen', 'help', 'quit', 'palette', 'installApplication']),
    );
  });

  it('fills what a long hint leaves with shorter ones', () => {
    const hints = ['開く', 'とても長い名前の操作', '削除'].map((label, i) => ({ chord: String(i), label }));
    expect(hintsShown(hints, 20)).toEqual([
      { hint: hints[0], width: 9 },
      { hint: hints[2], width: 9 },
    ]);
  });
});
