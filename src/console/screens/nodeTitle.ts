import type { Model } from '../../domain/model.ts';
import type { MessageKey } from '../../i18n/messages.ts';
import type { Translate } from '../../i18n/translate.ts';
import { sanitiseLine } from '../../shared/sanitise.ts';
import { groupPath, type TreeNode } from '../state/tree.ts';

/** What stands above a node's workspace. */
export const nodeTitle = (node: TreeNode, model: Model, t: Translate): string =>
  node.kind === 'group'
    ? sanitiseLine(groupPath(model.groups, node.groupId))
    : t(`console.node.${node.kind}` as MessageKey);
