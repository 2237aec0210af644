import type { MessageKey } from '../../i18n/messages.ts';
import { runKeymap } from './runKeymap.ts';

/**
 * Every key of the console, as data: the router, the context menus, the hint bar and the help screen read the same
 * tables. Chords are named as in chord.ts; two strokes, one after the other, are written with a blank (`g d`). A plain
 * letter never stands in a context that edits text.
 */
export type KeyContext =
  | 'always'
  | 'firstSteps'
  | 'global'
  | 'list'
  | 'tree'
  | 'table'
  | 'detail'
  | 'run'
  | 'runDevice'
  | 'logSearch'
  | 'menu'
  | 'confirm'
  | 'form'
  | 'filter'
  | 'pick'
  | 'palette'
  | 'report';

interface BindingShape {
  readonly action: string;
  readonly chords: readonly string[];
  readonly describe: MessageKey;
  /** What the hint bar calls it, where the full name is long. */
  readonly brief?: MessageKey;
  /** Lower comes first in the hint bar; absent: only in the help screen. */
  readonly hint?: number;
}

export const keymap = {
  always: [
    { action: 'quit', chords: ['ctrl+c'], describe: 'console.action.quit' },
    { action: 'suspend', chords: ['ctrl+z'], describe: 'console.action.suspend' },
    { action: 'redraw', chords: ['ctrl+l'], describe: 'console.action.redraw' },
  ],
  /** While the console says what to do first: before the panes' own digits. */
  firstSteps: [
    { action: 'firstPackage', chords: ['1'], describe: 'console.action.firstPackage' },
    { action: 'firstDevices', chords: ['2'], describe: 'console.action.firstDevices' },
    { action: 'firstAccount', chords: ['3'], describe: 'console.action.firstAccount' },
    { action: 'firstInstall', chords: ['4'], describe: 'console.action.firstInstall' },
    { action: 'tryDemo', chords: ['5'], describe: 'console.action.tryDemo' },
  ],
  global: [
    { action: 'help', chords: ['?'], describe: 'console.action.help', hint: 12 },
    { action: 'quit', chords: ['q'], describe: 'console.action.quit', hint: 13 },
    { action: 'language', chords: ['L'], describe: 'console.action.language', hint: 80 },
    { action: 'nextPane', chords: ['tab'], describe: 'console.action.nextPane', hint: 70 },
    { action: 'nextPane', chords: ['shift+tab'], describe: 'console.action.nextPane' },
    { action: 'back', chords: ['escape'], describe: 'console.action.back' },
    { action: 'undo', chords: ['u'], describe: 'changes.action.undo', hint: 50 },
    { action: 'palette', chords: [':'], describe: 'console.action.palette', hint: 14 },
    { action: 'historyBack', chords: ['[', 'ctrl+o'], describe: 'console.action.historyBack' },
    { action: 'historyForward', chords: [']'], describe: 'console.action.historyForward' },
    { action: 'goOverview', chords: ['g o'], describe: 'console.action.goOverview' },
    { action: 'goDevices', chords: ['g d'], describe: 'console.action.goDevices' },
    { action: 'goUnassigned', chords: ['g u'], describe: 'console.action.goUnassigned' },
    { action: 'goPackages', chords: ['g p'], describe: 'console.action.goPackages' },
    { action: 'goTasks', chords: ['g t'], describe: 'console.action.goTasks' },
    { action: 'goRuns', chords: ['g r'], describe: 'console.action.goRuns' },
    { action: 'goLicenses', chords: ['g l'], describe: 'console.action.goLicenses' },
    { action: 'goAccounts', chords: ['g a'], describe: 'console.action.goAccounts' },
    { action: 'goHostKeys', chords: ['g h'], describe: 'console.action.goHostKeys' },
    { action: 'paneTree', chords: ['1'], describe: 'console.action.paneTree' },
    { action: 'paneTable', chords: ['2'], describe: 'console.action.paneTable' },
    { action: 'paneDetail', chords: ['3'], describe: 'console.action.paneDetail' },
    { action: 'toggleDetail', chords: ['p'], describe: 'console.action.toggleDetail' },
    { action: 'treeNarrower', chords: ['{'], describe: 'console.action.treeNarrower' },
    { action: 'treeWider', chords: ['}'], describe: 'console.action.treeWider' },
    { action: 'toggleMouse', chords: ['z m'], describe: 'console.action.toggleMouse' },
  ],
  list: [
    { action: 'listUp', chords: ['up', 'k', 'ctrl+p'], describe: 'console.action.listUp' },
    { action: 'listDown', chords: ['down', 'j', 'ctrl+n'], describe: 'console.action.listDown' },
    { action: 'listPageUp', chords: ['pageup', 'ctrl+b'], describe: 'console.action.listPageUp' },
    { action: 'listPageDown', chords: ['pagedown', 'ctrl+f'], describe: 'console.action.listPageDown' },
    { action: 'listFirst', chords: ['g g', 'home'], describe: 'console.action.listFirst' },
    { action: 'listLast', chords: ['G', 'end'], describe: 'console.action.listLast' },
  ],
  tree: [
    { action: 'treeEnter', chords: ['enter'], describe: 'console.action.treeEnter', hint: 10 },
    { action: 'treeExpand', chords: ['right', 'l'], describe: 'console.action.treeExpand', hint: 60 },
    { action: 'treeCollapse', chords: ['left', 'h'], describe: 'console.action.treeCollapse' },
    { action: 'openMenu', chords: ['m'], describe: 'console.action.openMenu', hint: 20 },
    {
      action: 'installOnGroup',
      chords: ['i'],
      describe: 'console.action.installApplication',
      brief: 'console.action.install',
      hint: 15,
    },
    { action: 'addEntry', chords: ['n'], describe: 'console.action.addEntry', hint: 30 },
    { action: 'addGroup', chords: ['N'], describe: 'console.action.addGroup' },
    { action: 'renameGroup', chords: ['e'], describe: 'console.action.renameGroup' },
    { action: 'moveGroup', chords: ['M'], describe: 'changes.action.moveGroup' },
    { action: 'removeGroup', chords: ['delete', 'D'], describe: 'console.action.removeGroup' },
  ],
  table: [
    { action: 'tableOpen', chords: ['enter'], describe: 'console.action.tableOpen', hint: 10 },
    { action: 'openMenu', chords: ['m'], describe: 'console.action.openMenu', hint: 20 },
    {
      action: 'installApplication',
      chords: ['i'],
      describe: 'console.action.installApplication',
      brief: 'console.action.install',
      hint: 15,
    },
    { action: 'mark', chords: ['space'], describe: 'console.action.mark', hint: 40 },
    { action: 'markAll', chords: ['a'], describe: 'console.action.markAll' },
    { action: 'markInvert', chords: ['*'], describe: 'console.action.markInvert' },
    { action: 'markNone', chords: ['U'], describe: 'console.action.markNone' },
    { action: 'markRange', chords: ['v', 'ctrl+space'], describe: 'console.action.markRange' },
    { action: 'markUp', chords: ['shift+up'], describe: 'console.action.markUp' },
    { action: 'markDown', chords: ['shift+down'], describe: 'console.action.markDown' },
    { action: 'filter', chords: ['/'], describe: 'console.action.filter', hint: 45 },
    { action: 'sortMenu', chords: ['s'], describe: 'console.action.sortMenu', hint: 46 },
    { action: 'sortReverse', chords: ['S'], describe: 'console.action.sortReverse' },
    { action: 'sortPrevious', chords: ['<'], describe: 'console.action.sortPrevious' },
    { action: 'sortNext', chords: ['>'], describe: 'console.action.sortNext' },
    { action: 'tabNext', chords: ['right', 'l'], describe: 'console.action.tabNext' },
    { action: 'tabPrevious', chords: ['left', 'h'], describe: 'console.action.tabPrevious' },
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
    { action: 'openReport', chords: ['o'], describe: 'run.action.openReport' },
    { action: 'compareRun', chords: ['='], describe: 'run.action.compareRun' },
    { action: 'trustHostKeys', chords: ['t'], describe: 'console.action.trustHostKeys' },
    { action: 'releaseSeats', chords: ['f'], describe: 'licenses.action.releaseSeats' },
    { action: 'showDetails', chords: ['d'], describe: 'console.action.showDetails' },
  ],
  detail: [
    { action: 'detailUp', chords: ['up', 'k'], describe: 'console.action.scrollUp' },
    { action: 'detailDown', chords: ['down', 'j'], describe: 'console.action.scrollDown', hint: 10 },
    { action: 'detailPageUp', chords: ['pageup', 'ctrl+b'], describe: 'console.action.scrollPageUp' },
    {
      action: 'detailPageDown',
      chords: ['pagedown', 'ctrl+f', 'space'],
      describe: 'console.action.scrollPageDown',
    },
    { action: 'detailFirst', chords: ['g g', 'home'], describe: 'console.action.scrollFirst' },
    { action: 'detailLast', chords: ['G', 'end'], describe: 'console.action.scrollLast' },
    { action: 'paneTable', chords: ['escape', 'left', 'h'], describe: 'console.action.back', hint: 20 },
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
    { action: 'formTab', chords: ['tab'], describe: 'console.action.formNext', hint: 10 },
    { action: 'formNext', chords: ['down'], describe: 'console.action.formNext' },
    { action: 'formPrevious', chords: ['shift+tab', 'up'], describe: 'console.action.formPrevious' },
    { action: 'formSubmit', chords: ['ctrl+n'], describe: 'console.action.formSubmit', hint: 13 },
    { action: 'formEnter', chords: ['enter'], describe: 'console.action.formEnter', hint: 11 },
    { action: 'formToggle', chords: ['space'], describe: 'console.action.formChange', hint: 12 },
    { action: 'formChange', chords: ['right'], describe: 'console.action.formChange' },
    { action: 'formChangeBack', chords: ['left'], describe: 'console.action.formChangeBack' },
    { action: 'formReveal', chords: ['ctrl+r'], describe: 'changes.action.reveal', hint: 9 },
    { action: 'formLeave', chords: ['escape'], describe: 'console.action.close', hint: 20 },
  ],
  filter: [
    { action: 'filterKeep', chords: ['enter', 'down'], describe: 'console.action.filterKeep', hint: 10 },
    { action: 'filterComplete', chords: ['tab'], describe: 'console.action.filterComplete', hint: 15 },
    { action: 'filterOlder', chords: ['up', 'ctrl+p'], describe: 'changes.action.filterOlder' },
    { action: 'filterNewer', chords: ['ctrl+n'], describe: 'changes.action.filterNewer' },
    { action: 'filterDrop', chords: ['escape'], describe: 'console.action.filterDrop', hint: 20 },
  ],
  pick: [
    { action: 'pickUp', chords: ['up', 'shift+tab', 'ctrl+p'], describe: 'console.action.listUp' },
    { action: 'pickDown', chords: ['down', 'tab', 'ctrl+n'], describe: 'console.action.listDown', hint: 11 },
    { action: 'pickChoose', chords: ['enter'], describe: 'console.action.menuChoose', hint: 10 },
    { action: 'closeOverlay', chords: ['escape'], describe: 'console.action.close', hint: 20 },
  ],
  palette: [
    { action: 'paletteUp', chords: ['up', 'ctrl+p', 'shift+tab'], describe: 'console.action.listUp' },
    { action: 'paletteDown', chords: ['down', 'ctrl+n', 'tab'], describe: 'console.action.listDown' },
    { action: 'palettePageUp', chords: ['pageup'], describe: 'console.action.listPageUp' },
    { action: 'palettePageDown', chords: ['pagedown'], describe: 'console.action.listPageDown' },
    { action: 'paletteChoose', chords: ['enter'], describe: 'console.action.menuChoose', hint: 10 },
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

/** Whether a key of two strokes begins with this one. */
export const isFirstStroke = (contexts: readonly KeyContext[], chord: string): boolean =>
  contexts.some((context) => strokes.get(context)!.has(chord));
const strokes = new Map<KeyContext, ReadonlySet<string>>(
  (Object.keys(keymap) as KeyContext[]).map((context) => [
    context,
    new Set(
      bindingsOf(context).flatMap(({ chords }) =>
        chords.filter((chord) => chord.includes(' ')).map((chord) => chord.split(' ')[0]!),
      ),
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
