import { cellWidth } from '../../shared/cellWidth.ts';
import { say } from '../state/words.ts';
import { span } from '../terminal/roles.ts';
import { buildPickItems } from '../viewmodels/pickItems.ts';
import { Frame } from '../widgets/Frame.tsx';
import { Lines } from '../widgets/Lines.tsx';
import { Place } from '../widgets/Place.tsx';
import { SelectList } from '../widgets/SelectList.tsx';
import { TextField } from '../widgets/TextField.tsx';
import { inBody, type OverlayProps } from './overlayProps.ts';
import { sayAny, useTranslate } from './useTranslate.ts';

/** What is typed stands above the list that it narrows; the box keeps the size that all items need. */
export function PickOverlay({ overlay, layout }: OverlayProps<'pick'>) {
  const t = useTranslate();
  const items = buildPickItems(overlay, t).map(({ id, label }) => ({ id: id ?? 'new', label }));
  const title = say(t, overlay.title);
  const widest = Math.max(
    44,
    cellWidth(title),
    ...overlay.items.map(({ label }) => cellWidth(sayAny(t, label))),
  );
  const width = Math.min(layout.body.width - 4, widest + 6);
  const rect = inBody(layout, width, Math.min(overlay.items.length + 6, layout.body.height - 2));
  const inner = rect.width - 2;
  const listHeight = rect.height - 4;
  return (
    <Place {...rect}>
      <Frame width={rect.width} height={rect.height} title={title} isFocused>
        <Lines width={inner} height={rect.height - 2} lines={[]} />
        <Place x={1} y={0} width={inner - 2} height={1}>
          <TextField
            text={overlay.query.text}
            cursor={overlay.query.cursor}
            width={inner - 2}
            isFocused
            x={0}
            y={0}
          />
        </Place>
        {overlay.query.text === '' ? (
          <Place x={0} y={1} width={inner} height={1}>
            <Lines width={inner} height={1} lines={[[span(` ${t('changes.pick.hint')}`, 'muted')]]} />
          </Place>
        ) : null}
        <Place x={0} y={2} width={inner} height={listHeight}>
          {items.length === 0 ? (
            <Lines width={inner} height={1} lines={[[span(` ${t('changes.pick.nothing')}`, 'muted')]]} />
          ) : (
            <SelectList width={inner} height={listHeight} items={items} cursor={overlay.cursor} />
          )}
        </Place>
      </Frame>
    </Place>
  );
}
