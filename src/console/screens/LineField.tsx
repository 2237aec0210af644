import { cellWidth } from '../../shared/cellWidth.ts';
import type { Layout } from '../layout.ts';
import type { TextValue } from '../state/textValue.ts';
import { type StyledLine, span } from '../terminal/roles.ts';
import { Lines } from '../widgets/Lines.tsx';
import { Place } from '../widgets/Place.tsx';
import { TextField } from '../widgets/TextField.tsx';

export interface LineFieldProps {
  readonly title: string;
  readonly value: TextValue;
  readonly layout: Layout;
  /** Stands at the right end: how much was found. */
  readonly behind?: string;
  /** Stands on the line above: what can be completed, or what is wrong. Empty: what is below is seen. */
  readonly above?: StyledLine;
}

/** A field for a filter or a search stands where the hint bar is, so that what it looks in stays whole. */
export function LineField({ title, value, layout, behind = '', above = [] }: LineFieldProps) {
  const { x, y, width } = layout.hints;
  const label = ` /  ${title} `;
  const labelWidth = Math.min(cellWidth(label), Math.floor(width / 2));
  const fieldWidth = Math.max(10, width - labelWidth - cellWidth(behind));
  const behindWidth = width - labelWidth - fieldWidth;
  return (
    <>
      {above.length > 0 ? (
        <Place x={x} y={y - 1} width={width} height={1}>
          <Lines width={width} height={1} lines={[above]} />
        </Place>
      ) : null}
      <Place x={x} y={y} width={width} height={1}>
        <Lines width={width} height={1} lines={[[span(label, 'key')]]} />
        <Place x={labelWidth} y={0} width={fieldWidth} height={1}>
          <TextField text={value.text} cursor={value.cursor} width={fieldWidth} isFocused x={0} y={0} />
        </Place>
        <Place x={labelWidth + fieldWidth} y={0} width={behindWidth} height={1}>
          <Lines width={behindWidth} height={1} lines={[[span(behind, 'muted')]]} />
        </Place>
      </Place>
    </>
  );
}
