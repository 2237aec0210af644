import { describe, expect, it } from 'vitest';
import { createMouseInput, type MouseReport, parseMouseReport } from '../../../src/console/terminal/mouse.ts';
import { HitAreas } from '../../../src/console/widgets/HitArea.tsx';

describe('mouse reports (SGR, 1006)', () => {
  it.each([
    ['\x1b[<0;1;1M', { button: 'left', x: 0, y: 0 }],
    ['\x1b[<2;300;80M', { button: 'right', x: 299, y: 79 }],
    ['\x1b[<65;5;6M', { button: 'wheelDown', x: 4, y: 5 }],
    ['\x1b[<20;5;6M', { button: 'left', x: 4, y: 5 }],
    ['\x1b[<0;5;6m', null],
    ['\x1b[<35;5;6M', null],
    ['\x1b[<0;0;6M', null],
    ['\x1b[M !!', null],
  ])('%j', (sequence, report) => expect(parseMouseReport(sequence)).toEqual(report));

  it('are found among keys, in pieces, and never in a paste', () => {
    const input = createMouseInput();
    const got: MouseReport[] = [];
    const stop = input.subscribe((report) => got.push(report));
    for (const piece of [
      'jj\x1b',
      '[<0;',
      '3;4',
      'Mk\x1b[<0;3;4m',
      '\x1b[200~\x1b[<0;9;9M',
      '\x1b[<0;9;9M\x1b[20',
      '1~',
    ])
      input.received(piece);
    expect(got).toEqual([{ button: 'left', x: 2, y: 3 }]);
    input.received('\x1b[<64;1;1M');
    stop();
    input.received('\x1b[<64;1;1M');
    expect(got).toHaveLength(2);
  });
});

it('a press goes to the smallest area of its layer, in its own cells', () => {
  const areas = new HitAreas();
  const got: string[] = [];
  const area = (name: string, x: number, width: number, layer = 0) =>
    areas.put(
      {},
      { x, y: 2, width, height: 3, layer, onMouse: (press) => got.push(`${name} ${press.x},${press.y}`) },
    );
  area('pane', 0, 40);
  area('button', 10, 5);
  area('dialog', 0, 40, 1);
  const at = (x: number, y: number, layer = 0) =>
    areas.press({ button: 'left', x, y, isDouble: false }, layer);
  at(12, 3);
  at(20, 4);
  at(12, 3, 1);
  at(12, 9);
  expect(got).toEqual(['button 2,1', 'pane 20,2', 'dialog 12,1']);
});
