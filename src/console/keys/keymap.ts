import type { MessageKey } from '../../i18n/messages.ts';
import { runKeymap } from './runKeymap.ts';

/**
 * Every key of the console, as data: the router, the context menus, the hint bar and the help screen read the same
 * tables. Chords are named as in chord.ts. A plain letter never stands in a context that edits text.
 */
export type KeyContext =
  | 'always'
  | 'global'
  | 'list'
  | 'tree'
  | 'table'
  | 'run'
  | 'runDevice'
  | 'logSearch'
  | 'menu'
  | 'confirm'
  | 'form'
  | 'filter'
  | 'pick'
  | 'report';

interface BindingShape {
  readonly action: string;
  readonly chords: readonly string[];
  readonly describe: MessageKey;
  /** Lower comes first in the hint bar; absent: only in the help screen. */
  readonly hint?: number;
}

export const keymap = {
  always: [
    { action: 'quit', chords: ['ctrl+c'], describe: 'console.action.quit' },
    { action: 'suspend', chords: ['ctrl+z'], describe: 'console.action.suspend' },
    { action: 'redraw', chords: ['ctrl+l'], describe: 'console.action.redraw' },
  ],
  global: [
    { action: 'help', chords: ['?'], describe: 'console.action.help', hint: 12 },
    { action: 'quit', chords: ['q'], describe: 'console.action.quit', hint: 13 },
    { action: 'language', chords: ['L'], describe: 'console.action.language', hint: 80 },
    { action: 'nextPane', chords: ['tab'], describe: 'console.action.nextPane', hint: 70 },
    { action: 'nextPane', chords: ['shift+tab'], describe: 'console.action.nextPane' },
    { action: 'back', chords: ['escape'], describe: 'console.action.back' },
    { action: 'undo', chords: ['u'], describe: 'changes.action.undo', hint: 50 },
  ],
  list: [
    { action: 'listUp', chords: ['up', 'k', 'ctrl+p'], describe: 'console.action.listUp' },
    { action: 'listDown', chords: ['down', 'j', 'ctrl+n'], describe: 'console.action.listDown' },
    { action: 'listPageUp', chords: ['pageup', 'ctrl+b'], describe: 'console.action.listPageUp' },
    { action: 'listPageDown', chords: ['pagedown', 'ctrl+f'], describe: 'console.action.listPageDown' },
    { action: 'listFirst', chords: ['g', 'home'], describe: 'console.action.listFirst' },
    { action: 'listLast', chords: ['G', 'end'], describe: 'console.action.listLast' },
  ],
  tree: [
    { action: 'treeEnter', chords: ['enter'], describe: 'console.action.treeEnter', hint: 10 },
    { action: 'treeExpand', chords: ['right', 'l'], describe: 'console.action.treeExpand', hint: 60 },
    { action: 'treeCollapse', chords: ['left', 'h'], describe: 'console.action.treeCollapse' },
    { action: 'openMenu', chords: ['m'], describe: 'console.action.openMenu', hint: 20 },
    { action: 'installOnGroup', chords: ['i'], describe: 'console.action.installApplication', hint: 15 },
    { action: 'addEntry', chords: ['n'], describe: 'console.action.addEntry', hint: 30 },
    { action: 'addGroup', chords: ['N'], describe: 'console.action.addGroup' },
    { action: 'renameGroup', chords: ['e'], describe: 'console.action.renameGroup' },
    { action: 'moveGroup', chords: ['M'], describe: 'changes.action.moveGroup' },
    { action: 'removeGroup', chords: ['delete', 'D'], describe: 'console.action.removeGroup' },
  ],
  table: [
    { action: 'tableOpen', chords: ['enter'], describe: 'console.action.tableOpen', hint: 10 },
    { action: 'openMenu', chords: ['m'], describe: 'console.action.openMenu', hint: 20 },
    { action: 'installApplication', chords: ['i'], describe: 'console.action.installApplication', hint: 15 },
    { action: 'mark', chords: ['space'], describe: 'console.action.mark', hint: 40 },
    { action: 'markAll', chords: ['a', '*'], describe: 'console.action.markAll' },
    { action: 'markRange', chords: ['v'], describe: 'console.action.markRange' },
    { action: 'markUp', chords: ['shift+up'], describe: 'console.action.markUp' },
    { action: 'markDown', chords: ['shift+down'], describe: 'console.action.markDown' },
    { action: 'filter', chords: ['/'], describe: 'console.action.filter', hint: 45 },
    { action: 'tabNext', chords: ['right', 'l', ']'], describe: 'console.action.tabNext' },
    { action: 'tabPrevious', chords: ['left', 'h', '['], describe: 'console.action.tabPrevious' },
    { action: 'addEntry', chords: ['n'], describe: 'console.action.addEntry', hint: 30 },
    { action: 'importDevices', chords: ['I'], describe: 'console.action.importDevices' },
    { action: 'editEntry', chords: ['e'], describe: 'console.action.editEntry' },
    { action: 'removeEntries', chords: ['delete', 'D'], describe: 'console.action.removeEntries' },
    { action: 'checkDevices', chords: ['c'], describe: 'console.action.checkDevices' },
    { action: 'scanHostKeys', chords: ['K'], describe: 'console.action.scanHostKeys' },
    { action: 'moveDevices', chords: ['M'], describe: 'console.action.moveDevices' },
    { action: 'runTask', chords: ['r'], describe: 'console.action.runTask' },
    { action: 'showRuns', chords: ['R'], describe: 'console.action.showRuns' },
    { action: 'raiseAttempts', chords: ['+'], describe: 'console.action.raiseAttempts' },
    { action: 'copyTask', chords: ['C'], describe: 'changes.action.copyTask' },
    { action: 'cancelRun', chords: ['x'], describe: 'console.action.cancelRun' },
    { action: 'retryRun', chords: ['y'], describe: 'console.action.retryRun' },
    { action: 'trustHostKeys', chords: ['t'], describe: 'console.action.trustHostKeys' },
    { action: 'showDetails', chords: ['d'], describe: 'console.action.showDetails' },
  ],
  ...runKeymap,
  menu: [
    { action: 'menuUp', chords: ['up', 'k', 'shift+tab', 'ctrl+p'], describe: 'console.action.listUp' },
    { action: 'menuDown', chords: ['down', 'j', 'tab', 'ctrl+n'], describe: 'console.action.listDown' },
    { action: 'menuChoose', chords: ['enter', 'space'], describe: 'console.action.menuChoose', hint: 10 },
    {
      action: 'closeOverlay',
      chords: ['escape', 'q', 'm', 'left', 'h'],
      describe: 'console.action.close',
      hint: 20,
    },
  ],
  confirm: [
    {
      action: 'buttonPrevious',
      chords: ['left', 'up', 'h', 'k', 'shift+tab'],
      describe: 'console.action.buttonPrevious',
    },
    {
      action: 'buttonNext',
      chords: ['right', 'down', 'l', 'j', 'tab'],
      describe: 'console.action.buttonNext',
      hint: 10,
    },
    { action: 'buttonPress', chords: ['enter', 'space'], describe: 'console.action.buttonPress', hint: 11 },
    { action: 'closeOverlay', chords: ['escape', 'q', 'n'], describe: 'console.action.close', hint: 20 },
  ],
  form: [
    { action: 'formNext', chords: ['tab', 'down'], describe: 'console.action.formNext', hint: 10 },
    { action: 'formPrevious', chords: ['shift+tab', 'up'], describe: 'console.action.formPrevious' },
    { action: 'formEnter', chords: ['enter'], describe: 'console.action.formEnter', hint: 11 },
    { action: 'formToggle', chords: ['space'], describe: 'console.action.formChange', hint: 12 },
    { action: 'formChange', chords: ['right'], describe: 'console.action.formChange' },
    { action: 'formChangeBack', chords: ['left'], describe: 'console.action.formChangeBack' },
    { action: 'formReveal', chords: ['ctrl+r'], describe: 'changes.action.reveal', hint: 9 },
    { action: 'closeOverlay', chords: ['escape'], describe: 'console.action.close', hint: 20 },
  ],
  filter: [
    {
      action: 'filterKeep',
      chords: ['enter', 'down', 'tab'],
      describe: 'console.action.filterKeep',
      hint: 10,
    },
    { action: 'filterDrop', chords: ['escape'], describe: 'console.action.filterDrop', hint: 20 },
  ],
  pick: [
    { action: 'pickUp', chords: ['up', 'shift+tab', 'ctrl+p'], describe: 'console.action.listUp' },
    { action: 'pickDown', chords: ['down', 'tab', 'ctrl+n'], describe: 'console.action.listDown', hint: 11 },
    { action: 'pickChoose', chords: ['enter'], describe: 'console.action.menuChoose', hint: 10 },
    { action: 'closeOverlay', chords: ['escape'], describe: 'console.action.close', hint: 20 },
  ],
  report: [
    { action: 'scrollUp', chords: ['up', 'k'], describe: 'console.action.scrollUp' },
    { action: 'scrollDown', chords: ['down', 'j'], describe: 'console.action.scrollDown', hint: 10 },
    { action: 'scrollPageUp', chords: ['pageup', 'ctrl+b'], describe: 'console.action.scrollPageUp' },
    {
      action: 'scrollPageDown',
      chords: ['pagedown', 'ctrl+f', 'space'],
      describe: 'console.action.scrollPageDown',
      hint: 11,
    },
    { action: 'scrollFirst', chords: ['g', 'home'], describe: 'console.action.scrollFirst' },
    { action: 'scrollLast', chords: ['G', 'end'], describe: 'console.action.scrollLast' },
    {
      action: 'closeOverlay',
      chords: ['escape', 'q', 'enter', '?'],
      describe: 'console.action.close',
      hint: 20,
    },
  ],
} as const satisfies Record<KeyContext, readonly BindingShape[]>;

type Keymap = typeof keymap;
export type ActionId = { [C in KeyContext]: Keymap[C][number]['action'] }[KeyContext];

export interface Binding extends BindingShape {
  readonly action: ActionId;
}

export const bindingsOf = (context: KeyContext): readonly Binding[] => keymap[context];

const tables = new Map<KeyContext, ReadonlyMap<string, ActionId>>(
  (Object.keys(keymap) as KeyContext[]).map((context) => [
    context,
    new Map(
      bindingsOf(context).flatMap(({ chords, action }) => chords.map((chord) => [chord, action] as const)),
    ),
  ]),
);

/** The action of the first context, from the top, that knows the chord. */
export function findAction(contexts: readonly KeyContext[], chord: string): ActionId | null {
  for (const context of contexts) {
    const action = tables.get(context)!.get(chord);
    if (action !== undefined) return action;
  }
  return null;
}

/** How an action is described: by its first binding. */
export const describeAction = (action: ActionId): MessageKey =>
  descriptions.get(action) ?? 'console.action.help';
const descriptions = new Map<ActionId, MessageKey>(
  (Object.keys(keymap) as KeyContext[]).toReversed().flatMap((context) =>
    bindingsOf(context)
      .toReversed()
      .map(({ action, describe }) => [action, describe] as const),
  ),
);
