import type { MessageKey } from '../../i18n/messages.ts';
import { sanitiseLine } from '../../shared/sanitise.ts';
import { pressTree } from '../perform/mousePresses.ts';
import { findNode, type TreeNode } from '../state/tree.ts';
import { useActions } from '../useActions.ts';
import { useConsole } from '../useConsole.ts';
import { selectTree } from '../viewmodels/selectTable.ts';
import { finishedCount } from '../viewmodels/stateText.ts';
import { Frame } from '../widgets/Frame.tsx';
import { HitArea } from '../widgets/HitArea.tsx';
import { Tree, type TreeRow } from '../widgets/Tree.tsx';
import { tableWindow } from '../widgets/tableWindow.ts';
import { useTheme } from '../widgets/themeContext.ts';
import { useTranslate } from './useTranslate.ts';

/** B7: the console tree. */
export function TreePane({ width, height }: { readonly width: number; readonly height: number }) {
  const t = useTranslate();
  const actions = useActions();
  const nodes = useConsole(selectTree);
  const groups = useConsole((state) => state.model.collections.groups);
  const runs = useConsole((state) => state.model.collections.runs);
  const { glyphs } = useTheme();
  const serverName = useConsole((state) => state.model.serverName);
  const selected = useConsole((state) => state.ui.node);
  const keptTop = useConsole((state) => state.ui.treeTop);
  const isFocused = useConsole((state) => state.ui.pane === 'tree' && state.ui.overlays.length === 0);
  const cursor = findNode(nodes, selected);
  const top = tableWindow(nodes.length, height - 2, cursor, keptTop);
  const labelOf = (node: TreeNode): string => {
    if (node.kind === 'group') return sanitiseLine(groups.get(node.groupId!)?.name ?? '');
    const run = runs.get(node.runId ?? '');
    if (run !== undefined)
      return `${run.number} ${glyphs.active} ${finishedCount(run)}/${run.deviceCount} ${sanitiseLine(run.taskName)}`;
    if (node.kind === 'server')
      return serverName === '' ? t('console.node.server') : sanitiseLine(serverName);
    return t(`console.node.${node.kind}` as MessageKey);
  };
  const rows = nodes.slice(top, top + height - 2).map(
    (node): TreeRow => ({
      id: node.id,
      depth: node.depth,
      label: labelOf(node),
      detail: node.count === null || node.count === 0 ? '' : String(node.count),
      isExpanded: node.isExpanded,
    }),
  );
  return (
    <Frame width={width} height={height} title={t('console.pane.tree')} isFocused={isFocused}>
      <HitArea
        width={width - 2}
        height={height - 2}
        onMouse={(press) => actions && pressTree(actions, press, top)}
      />
      <Tree width={width - 2} height={height - 2} rows={rows} cursor={cursor - top} isFocused={isFocused} />
    </Frame>
  );
}
