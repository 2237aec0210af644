import { cellWidth, fitCells } from '../../shared/cellWidth.ts';
import { sanitiseLine } from '../../shared/sanitise.ts';
import { span } from '../terminal/roles.ts';
import { useConsole } from '../useConsole.ts';
import { clockText } from '../viewmodels/figures.ts';
import { Lines } from '../widgets/Lines.tsx';
import { useTheme } from '../widgets/themeContext.ts';
import { useTranslate } from './useTranslate.ts';

/** Name of the server, how well it is heard and since when, and what is running. */
export function TitleBar({ width }: { readonly width: number }) {
  const t = useTranslate();
  const { glyphs } = useTheme();
  const model = useConsole((state) => state.model);
  const running = [...model.collections.runs.values()].filter(({ state }) => state === 'running').length;
  const name = model.serverName === '' ? '' : ` ${glyphs.separator} ${sanitiseLine(model.serverName)}`;
  const since = model.connectionSince === null ? '' : ` ${clockText(model.connectionSince)}`;
  const state = `${t(`console.connection.${model.connection}`)}${since}`;
  const isReadOnly = useConsole((whole) => whole.ui.isReadOnly);
  const readOnly = isReadOnly ? `[${t('console.title.readOnly')}]  ` : '';
  const right = `${readOnly}${running > 0 ? `${glyphs.active} ${t('console.title.running', { count: running })}  ` : ''}${state} `;
  const left = ` haifu${name}`;
  const text = fitCells(left, Math.max(0, width - cellWidth(right))) + right;
  return <Lines width={width} height={1} lines={[[span(text)]]} wholeRoles={{ 0: 'titleBar' }} />;
}
