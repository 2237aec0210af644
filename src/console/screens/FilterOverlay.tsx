import { cellWidth } from '../../shared/cellWidth.ts';
import { span } from '../terminal/roles.ts';
import { Lines } from '../widgets/Lines.tsx';
import { Place } from '../widgets/Place.tsx';
import { TextField } from '../widgets/TextField.tsx';
import type { OverlayProps } from './overlayProps.ts';
import { useTranslate } from './useTranslate.ts';

/** The filter's field stands where the hint bar is, so that the table above stays whole. */
export function FilterOverlay({ overlay, layout }: OverlayProps<'filter'>) {
  const t = useTranslate();
  const { x, y, width } = layout.hints;
  const label = ` /  ${t('console.filter.hint')} `;
  const labelWidth = Math.min(cellWidth(label), Math.floor(width / 2));
  return (
    <Place x={x} y={y} width={width} height={1}>
      <Lines width={width} height={1} lines={[[span(label, 'key')]]} />
      <Place x={labelWidth} y={0} width={width - labelWidth} height={1}>
        <TextField
          text={overlay.value.text}
          cursor={overlay.value.cursor}
          width={width - labelWidth}
          isFocused
          x={0}
          y={0}
        />
      </Place>
    </Place>
  );
}
