import { cellWidth } from '../../shared/cellWidth.ts';
import type { Layout } from '../layout.ts';
import type { TextValue } from '../state/textValue.ts';
import { span } from '../terminal/roles.ts';
import { Lines } from '../widgets/Lines.tsx';
import { Place } from '../widgets/Place.tsx';
import { TextField } from '../widgets/TextField.tsx';

export interface LineFieldProps {
  readonly title: string;
  readonly value: TextValue;
  readonly layout: Layout;
}

/** A field for a filter or a search stands where the hint bar is, so that what it looks in stays whole. */
export function LineField({ title, value, layout }: LineFieldProps) {
  const { x, y, width } = layout.hints;
  const label = ` /  ${title} `;
  const labelWidth = Math.min(cellWidth(label), Math.floor(width / 2));
  return (
    <Place x={x} y={y} width={width} height={1}>
      <Lines width={width} height={1} lines={[[span(label, 'key')]]} />
      <Place x={labelWidth} y={0} width={width - labelWidth} height={1}>
        <TextField text={value.text} cursor={value.cursor} width={width - labelWidth} isFocused x={0} y={0} />
      </Place>
    </Place>
  );
}
