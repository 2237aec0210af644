import type { Translate } from '../../i18n/translate.ts';
import { cellWidth } from '../../shared/cellWidth.ts';
import { chordLabel } from '../keys/chord.ts';
import { type ActionId, bindingsOf, describeAction } from '../keys/keymap.ts';
import { whyDisabled } from '../perform/availability.ts';
import { pressList } from '../perform/mousePresses.ts';
import { moveButton, moveInMenu, pressButton } from '../perform/overlays.ts';
import { perform } from '../perform/registry.ts';
import { selectTarget } from '../perform/target.ts';
import type { ConsoleState } from '../state/consoleState.ts';
import { say } from '../state/words.ts';
import { useActions } from '../useActions.ts';
import { useConsole } from '../useConsole.ts';
import { selectTable } from '../viewmodels/selectTable.ts';
import { Dialog, dialogHeight } from '../widgets/Dialog.tsx';
import { Frame } from '../widgets/Frame.tsx';
import { HitArea } from '../widgets/HitArea.tsx';
import { Lines } from '../widgets/Lines.tsx';
import { Menu, menuTop, menuWidth } from '../widgets/Menu.tsx';
import { Place } from '../widgets/Place.tsx';
import { SelectList, selectListTop } from '../widgets/SelectList.tsx';
import { inBody, type OverlayProps } from './overlayProps.ts';
import { sayAny, useTranslate } from './useTranslate.ts';

const chordOf = (action: ActionId): string => {
  const contexts = ['table', 'tree', 'run', 'global'] as const;
  const binding = contexts.flatMap((context) => bindingsOf(context)).find((one) => one.action === action);
  return binding === undefined ? '' : chordLabel(binding.chords[0]!);
};

/** B9: a context menu. In a group's workspace it is [Perform action] (B61). */
export function MenuOverlay({ overlay, layout }: OverlayProps<'menu'>) {
  const t = useTranslate();
  const actions = useActions();
  const state = useConsole((whole) => whole);
  const items = overlay.items.map((action) => {
    const why = whyDisabled(state, action);
    return {
      id: action,
      label: t(describeAction(action)),
      chord: chordOf(action),
      whyDisabled: why === null ? null : t(why),
    };
  });
  const title = menuTitle(state, t);
  const wished = Math.max(menuWidth(items), cellWidth(title) + 6);
  const rect = inBody(layout, Math.min(wished, layout.body.width - 4), items.length + 3);
  return (
    <Place {...rect}>
      <Menu width={rect.width} height={rect.height} title={title} items={items} cursor={overlay.cursor} />
      <HitArea
        x={1}
        y={1}
        width={rect.width - 2}
        height={rect.height - 3}
        onMouse={(press) =>
          actions &&
          pressList(
            press,
            {
              top: menuTop(overlay.cursor, rect.height - 3, items.length),
              count: items.length,
              cursor: overlay.cursor,
            },
            {
              move: (by) => moveInMenu(actions, by),
              choose: () => perform(actions, 'menuChoose'),
            },
          )
        }
      />
    </Place>
  );
}

/** Which rows it is about, when they are not just the cursor's. */
function menuTitle(state: ConsoleState, t: Translate): string {
  const { ids, hidden, kind } = selectTarget(state);
  const marked = state.ui.screen === 'console' && kind !== 'tree' ? selectTable(state).marked.inSight : 0;
  return [
    t('console.performAction'),
    ...(marked > 0 ? [t('console.table.marked', { count: ids.length })] : []),
    ...(hidden > 0 ? [t('console.table.markedHidden', { count: hidden })] : []),
  ].join('  ');
}

export function ChoiceOverlay({ overlay, layout }: OverlayProps<'choice'>) {
  const t = useTranslate();
  const actions = useActions();
  const items = overlay.items.map(({ id, label }) => ({ id, label: sayAny(t, label) }));
  const title = say(t, overlay.title);
  const widest = Math.max(cellWidth(title) + 4, ...items.map(({ label }) => cellWidth(label)));
  const rect = inBody(
    layout,
    Math.min(layout.body.width - 4, widest + 6),
    Math.min(items.length + 2, layout.body.height - 2),
  );
  return (
    <Place {...rect}>
      <Frame width={rect.width} height={rect.height} title={title} isFocused>
        <Lines width={rect.width - 2} height={rect.height - 2} lines={[]} />
        <Place x={0} y={0} width={rect.width - 2} height={rect.height - 2}>
          <SelectList width={rect.width - 2} height={rect.height - 2} items={items} cursor={overlay.cursor} />
          <HitArea
            width={rect.width - 2}
            height={rect.height - 2}
            onMouse={(press) =>
              actions &&
              pressList(
                press,
                {
                  top: selectListTop(overlay.cursor, rect.height - 2, items.length),
                  count: items.length,
                  cursor: overlay.cursor,
                },
                { move: (by) => moveInMenu(actions, by), choose: () => perform(actions, 'menuChoose') },
              )
            }
          />
        </Place>
      </Frame>
    </Place>
  );
}

/** What will happen, in words; the safe answer has the focus first. */
export function ConfirmOverlay({ overlay, layout }: OverlayProps<'confirm'>) {
  const t = useTranslate();
  const actions = useActions();
  const paragraphs = overlay.lines.map((line) => say(t, line));
  const buttons = overlay.buttons.map(({ label }, i) => ({ id: String(i), label: say(t, label) }));
  const buttonsWidth = buttons.reduce((sum, { label }) => sum + cellWidth(label) + 6, 4);
  const width = Math.min(layout.body.width - 4, Math.max(60, buttonsWidth));
  const rect = inBody(layout, width, dialogHeight(paragraphs, buttons, width));
  return (
    <Place {...rect}>
      <Dialog
        width={rect.width}
        height={rect.height}
        title={say(t, overlay.title)}
        paragraphs={paragraphs}
        buttons={buttons}
        focused={String(overlay.cursor)}
        onPress={(id) => {
          if (actions === null) return;
          moveButton(actions, Number(id) - overlay.cursor);
          pressButton(actions);
        }}
      />
    </Place>
  );
}
