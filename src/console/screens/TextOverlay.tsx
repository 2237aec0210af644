import type { ReactNode } from 'react';
import { failureText } from '../../i18n/failureText.ts';
import type { Translate } from '../../i18n/translate.ts';
import { cellWidth, fitCells } from '../../shared/cellWidth.ts';
import type { Layout } from '../layout.ts';
import type { ReportLine } from '../state/overlay.ts';
import { say } from '../state/words.ts';
import { type StyledLine, span } from '../terminal/roles.ts';
import { useConsole } from '../useConsole.ts';
import { buildHelp } from '../viewmodels/helpLines.ts';
import { selectTable } from '../viewmodels/selectTable.ts';
import { Frame } from '../widgets/Frame.tsx';
import { Lines } from '../widgets/Lines.tsx';
import { Place } from '../widgets/Place.tsx';
import { useTheme } from '../widgets/themeContext.ts';
import { wrapCells } from '../widgets/wrapCells.ts';
import { inBody, type OverlayProps } from './overlayProps.ts';
import { sayAny, useTranslate } from './useTranslate.ts';

interface TextBoxProps {
  readonly layout: Layout;
  readonly title: string;
  readonly top: number;
  /** The lines for a box of this inner width. */
  readonly lines: (width: number) => readonly StyledLine[];
}

/** A box of text that scrolls, as large as its text and the screen allow. */
function TextBox({ layout, title, top, lines }: TextBoxProps): ReactNode {
  const width = Math.min(layout.body.width - 4, 110);
  const all = lines(width - 4);
  const rect = inBody(layout, width, Math.min(all.length + 2, layout.body.height - 2));
  const inSight = rect.height - 2;
  const first = Math.min(top, Math.max(0, all.length - inSight));
  const footer = all.length > inSight ? `${first + inSight}/${all.length}` : '';
  return (
    <Place {...rect}>
      <Frame width={rect.width} height={rect.height} title={title} footer={footer} isFocused>
        <Lines
          width={rect.width - 2}
          height={inSight}
          lines={all.slice(first, first + inSight).map((line) => [span(' '), ...line])}
        />
      </Frame>
    </Place>
  );
}

export function ReportOverlay({ overlay, layout }: OverlayProps<'report'>) {
  const t = useTranslate();
  return (
    <TextBox
      layout={layout}
      title={say(t, overlay.title)}
      top={overlay.top}
      lines={(width) => overlay.lines.flatMap((line) => reportLines(line, t, width))}
    />
  );
}

function reportLines({ content, role }: ReportLine, t: Translate, width: number): StyledLine[] {
  const wrapped = (text: string, as = role) =>
    wrapCells(text, width).map((line): StyledLine => [span(line, as)]);
  if (!('failure' in content)) return wrapped(sayAny(t, content));
  const { message, next } = failureText(t, content.failure);
  const before = content.before === null ? '' : `${say(t, content.before)} `;
  return [...wrapped(before + message), ...wrapped(`  ${next}`, 'muted')];
}

export function DetailsOverlay({ overlay, layout }: OverlayProps<'details'>) {
  const t = useTranslate();
  const { glyphs } = useTheme();
  const state = useConsole((whole) => whole);
  const view = selectTable(state);
  const row = view.rows[view.cursor];
  if (row === undefined) return null;
  const details = view.definition.details(row, { t, model: state.model.collections, glyphs });
  const labelWidth = Math.max(...details.map(({ label }) => cellWidth(t(label)))) + 2;
  return (
    <TextBox
      layout={layout}
      title={t('console.pane.detail')}
      top={overlay.top}
      lines={(width) =>
        details.flatMap(({ label, value }) =>
          wrapCells(value.text, width - labelWidth).map(
            (line, i): StyledLine => [
              span(fitCells(i === 0 ? t(label) : '', labelWidth), 'muted'),
              span(line, value.role),
            ],
          ),
        )
      }
    />
  );
}

export function HelpOverlay({ overlay, layout }: OverlayProps<'help'>) {
  const t = useTranslate();
  return (
    <TextBox
      layout={layout}
      title={t('console.action.help')}
      top={overlay.top}
      lines={(width) => buildHelp(t, width)}
    />
  );
}
