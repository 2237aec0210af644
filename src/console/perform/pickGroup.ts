import type { Model } from '../../domain/model.ts';
import type { ConsoleContext } from '../consoleContext.ts';
import type { ChoiceItem } from '../state/overlay.ts';
import { textValue } from '../state/textValue.ts';
import { childGroups, groupPath } from '../state/tree.ts';
import type { Words } from '../state/words.ts';

/** Every group by its whole path, in the tree's order. */
function groupItems(groups: Model['groups'], without: ReadonlySet<string>): readonly ChoiceItem[] {
  const items: ChoiceItem[] = [];
  const visit = (parent: string | null) => {
    for (const { id } of childGroups(groups).get(parent) ?? []) {
      if (without.has(id)) continue;
      items.push({ id, label: { plain: groupPath(groups, id) } });
      visit(id);
    }
  };
  visit(null);
  return items;
}

export interface GroupPick {
  readonly title: Words;
  /** How the place outside of all groups is called. */
  readonly none: Words;
  /** Groups that are not offered. */
  readonly without?: ReadonlySet<string>;
  /** False: only groups that are there. */
  readonly isNewOffered: boolean;
  /** `path`: a group that is not there yet. */
  onPicked(to: { readonly groupId: string | null } | { readonly path: string }): void;
}

/** A list of groups that typing narrows. */
export function pickGroup(context: ConsoleContext, pick: GroupPick) {
  const { groups } = context.getState().model.collections;
  context.dispatch({
    type: 'ui/overlayOpened',
    overlay: {
      kind: 'pick',
      title: pick.title,
      query: textValue(''),
      items: [{ id: '', label: pick.none }, ...groupItems(groups, pick.without ?? new Set())],
      cursor: 0,
      newItem: pick.isNewOffered ? 'changes.pick.newGroup' : null,
      onChosen: (id, query) =>
        pick.onPicked(id === null ? { path: query } : { groupId: id === '' ? null : id }),
    },
  });
}
