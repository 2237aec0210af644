import type { Translate } from '../../i18n/translate.ts';
import { cellWidth, fitCells } from '../../shared/cellWidth.ts';
import { sanitiseLine } from '../../shared/sanitise.ts';
import { whyDisabled } from '../perform/availability.ts';
import { pressList } from '../perform/mousePresses.ts';
import { moveInPalette } from '../perform/paletteKeys.ts';
import { perform } from '../perform/registry.ts';
import type { ConsoleState } from '../state/consoleState.ts';
import { type StyledLine, span } from '../terminal/roles.ts';
import { useActions } from '../useActions.ts';
import { useConsole } from '../useConsole.ts';
import { isAction, type PaletteItem, selectPalette } from '../viewmodels/palette/selectPalette.ts';
import { Frame } from '../widgets/Frame.tsx';
import { HitArea } from '../widgets/HitArea.tsx';
import { Lines } from '../widgets/Lines.tsx';
import { Place } from '../widgets/Place.tsx';
import { TextField } from '../widgets/TextField.tsx';
import { tableWindow } from '../widgets/tableWindow.ts';
import { inBody, type OverlayProps } from './overlayProps.ts';
import { useTranslate } from './useTranslate.ts';

/** Type-ahead over every action and every object. The key of each action stands beside it, so that it is learnt. */
export function PaletteOverlay({ overlay, layout }: OverlayProps<'palette'>) {
  const t = useTranslate();
  const actions = useActions();
  const state = useConsole((whole) => whole);
  const items = selectPalette(state, overlay.value.text);
  const rect = inBody(layout, Math.min(layout.body.width - 4, 96), Math.min(layout.body.height - 2, 22));
  const inner = rect.width - 2;
  const shown = rect.height - 4;
  const cursor = Math.min(overlay.cursor, items.length - 1);
  const top = tableWindow(items.length, shown, cursor, Math.max(0, cursor - shown + 1));
  const lines = items.slice(top, top + shown).map((item) => itemLine(item, state, t, inner));
  const chosen = items[cursor];
  return (
    <Place {...rect}>
      <Frame
        width={rect.width}
        height={rect.height}
        title={t('console.palette.title')}
        isFocused
        footer={items.length === 0 ? '' : `${cursor + 1}/${items.length}`}
      >
        <Lines width={inner} height={1} lines={[[span(' : ', 'key')]]} />
        <Place x={3} y={0} width={inner - 4} height={1}>
          <TextField
            text={overlay.value.text}
            cursor={overlay.value.cursor}
            width={inner - 4}
            isFocused
            x={0}
            y={0}
          />
        </Place>
        <Place x={0} y={1} width={inner} height={shown}>
          <HitArea
            width={inner}
            height={shown}
            onMouse={(press) =>
              actions &&
              pressList(
                press,
                { top, count: items.length, cursor },
                {
                  move: (by) => moveInPalette(actions, by),
                  choose: () => perform(actions, 'paletteChoose'),
                },
              )
            }
          />
          <Lines
            width={inner}
            height={shown}
            lines={items.length === 0 ? [[span(` ${t('console.palette.nothing')}`, 'muted')]] : lines}
            wholeRoles={cursor >= 0 ? { [cursor - top]: 'selection' } : {}}
          />
        </Place>
        <Place x={0} y={shown + 1} width={inner} height={1}>
          <Lines width={inner} height={1} lines={[lastLine(chosen, state, t)]} />
        </Place>
      </Frame>
    </Place>
  );
}

function lastLine(item: PaletteItem | undefined, state: ConsoleState, t: Translate): StyledLine {
  const why = item !== undefined && isAction(item) ? whyDisabled(state, item.action) : null;
  return [
    why === null ? span(` ${t('console.palette.hint')}`, 'muted') : span(` ${t(why)}`, 'status.warning'),
  ];
}

function itemLine(item: PaletteItem, state: ConsoleState, t: Translate, width: number): StyledLine {
  const kindWidth = Math.min(16, Math.floor(width / 4));
  if (isAction(item)) {
    const isOff = whyDisabled(state, item.action) !== null;
    const room = Math.max(0, width - kindWidth - cellWidth(item.chord) - 3);
    return [
      span(` ${fitCells(t('console.palette.action'), kindWidth)}`, 'muted'),
      span(fitCells(item.label, room), isOff ? 'disabled' : 'text'),
      span(` ${item.chord}`, 'key'),
    ];
  }
  return [
    span(` ${fitCells(t(item.kind), kindWidth)}`, 'muted'),
    span(`${sanitiseLine(item.name)}  `),
    span(sanitiseLine(item.detail), 'muted'),
  ];
}
