import type { ConsoleContext } from '../consoleContext.ts';
import type { ActionId } from '../keys/keymap.ts';
import { words } from '../state/words.ts';
import { openWizard } from '../wizard/openWizard.ts';
import { addAccount } from './accounts.ts';
import { moveTo } from './activeList.ts';
import { notify } from './ask.ts';
import { whyDisabled } from './availability.ts';
import { cancelRun } from './cancelRun.ts';
import { moveDevices } from './devices.ts';
import { completeInFilter, dropFilter, keepFilter, recallFilter } from './filterKeys.ts';
import {
  changeChoice,
  leaveForm,
  moveFormFocus,
  pressInForm,
  revealSecret,
  sendForm,
  toggleInForm,
} from './formKeys.ts';
import { completeInForm } from './formPaths.ts';
import { addGroup, moveGroup, removeGroup, renameGroup } from './groups.ts';
import { trustHostKeys } from './hostKeys.ts';
import { importDevices } from './importDevices.ts';
import { releaseSeats } from './licenses.ts';
import { stepRun } from './liveRuns.ts';
import {
  firstOfLog,
  followLog,
  scrollLog,
  scrollLogSideways,
  stepAttempt,
  stepDevice,
  toggleFollow,
  toggleWrap,
} from './logKeys.ts';
import { findInLog, openLogSearch, searchLog } from './logSearch.ts';
import { mark, markAll, markAndMove, markInvert, markNone, markRange } from './marking.ts';
import {
  chooseInMenu,
  closeOverlay,
  moveButton,
  moveInMenu,
  openMenu,
  pressButton,
  scrollOverlay,
} from './overlays.ts';
import { addPackage } from './packages.ts';
import { chooseInPalette, moveInPalette, openPalette } from './paletteKeys.ts';
import { back, nextPane, switchLanguage } from './panes.ts';
import { choosePicked, moveInPick } from './pickKeys.ts';
import { jump, stepHistory } from './places.ts';
import { checkDevices, scanHostKeys } from './readiness.ts';
import { retryRun } from './retryRun.ts';
import { logLeftOrBack, openRunRow, runBack, toggleCauses } from './runKeys.ts';
import { nextSort, reverseSort, showPart, stepPart } from './runList.ts';
import { compareRun, openReport } from './runReport.ts';
import { saveLog } from './saveLog.ts';
import { openSortMenu, stepSort, turnSort } from './sorting.ts';
import { nodeGroup, selectTarget, targetRun, targetTask } from './target.ts';
import { copyTask, raiseAttempts, runTask, showNewestRun } from './tasks.ts';
import { collapseNode, expandNode, moveInTree } from './treeKeys.ts';
import { undo } from './undo.ts';
import { focusPane, resizeTree, scrollDetail, toggleDetail, toggleMouse } from './view.ts';
import {
  addEntry,
  editRow,
  installApplication,
  installOnGroup,
  moveTab,
  openFilter,
  openRow,
  removeRows,
  showDetails,
} from './workspace.ts';

type Perform = (context: ConsoleContext) => unknown;

/** The tree or the table, whichever has the focus. */
const move =
  (target: (cursor: number, total: number, page: number) => number): Perform =>
  (context) => {
    const { screen, pane } = context.getState().ui;
    if (screen === 'console' && pane === 'tree') moveInTree(context, target);
    else moveTo(context, target);
  };

const onIds =
  (perform: (context: ConsoleContext, ids: readonly string[]) => unknown): Perform =>
  (context) =>
    perform(context, selectTarget(context.getState()).ids);

const onTask =
  (perform: (context: ConsoleContext, taskId: string) => unknown): Perform =>
  (context) => {
    const taskId = targetTask(context.getState());
    if (taskId !== null) perform(context, taskId);
  };

const onRun =
  (perform: (context: ConsoleContext, run: NonNullable<ReturnType<typeof targetRun>>) => unknown): Perform =>
  (context) => {
    const run = targetRun(context.getState());
    if (run !== null) perform(context, run);
  };

const onGroup =
  (perform: (context: ConsoleContext, groupId: string) => unknown): Perform =>
  (context) => {
    const groupId = nodeGroup(context.getState());
    if (groupId !== null) perform(context, groupId);
  };

/** What each action of the keymap does. */
const performers: Record<ActionId, Perform> = {
  quit: (context) => context.exit(),
  suspend: (context) => context.suspend(),
  redraw: (context) => context.redraw(),
  help: (context) => context.dispatch({ type: 'ui/overlayOpened', overlay: { kind: 'help', top: 0 } }),
  language: switchLanguage,
  nextPane,
  back,
  undo,
  palette: openPalette,
  historyBack: (context) => stepHistory(context, 'back'),
  historyForward: (context) => stepHistory(context, 'forward'),
  goOverview: (context) => jump(context, 'server'),
  goDevices: (context) => jump(context, 'managed'),
  goUnassigned: (context) => jump(context, 'unassigned'),
  goPackages: (context) => jump(context, 'packages'),
  goTasks: (context) => jump(context, 'tasks'),
  goRuns: (context) => jump(context, 'runs'),
  goLicenses: (context) => jump(context, 'licenses'),
  goAccounts: (context) => jump(context, 'accounts'),
  goHostKeys: (context) => jump(context, 'hostKeys'),
  paneTree: (context) => focusPane(context, 'tree'),
  paneTable: (context) => focusPane(context, 'table'),
  paneDetail: (context) => focusPane(context, 'detail'),
  toggleDetail,
  treeNarrower: (context) => resizeTree(context, -1),
  treeWider: (context) => resizeTree(context, 1),
  toggleMouse,
  listUp: move((cursor) => cursor - 1),
  listDown: move((cursor) => cursor + 1),
  listPageUp: move((cursor, _total, page) => cursor - page),
  listPageDown: move((cursor, _total, page) => cursor + page),
  listFirst: move(() => 0),
  listLast: move((_cursor, total) => total - 1),
  treeEnter: expandNode,
  treeExpand: expandNode,
  treeCollapse: collapseNode,
  openMenu,
  installApplication,
  installOnGroup,
  addEntry,
  addGroup: (context) => addGroup(context, nodeGroup(context.getState())),
  renameGroup: onGroup(renameGroup),
  moveGroup: onGroup(moveGroup),
  removeGroup: onGroup(removeGroup),
  tableOpen: openRow,
  mark: (context) => mark(context),
  markAll,
  markInvert,
  markNone,
  markRange,
  markUp: (context) => markAndMove(context, -1),
  markDown: (context) => markAndMove(context, 1),
  filter: openFilter,
  sortMenu: openSortMenu,
  sortReverse: turnSort,
  sortPrevious: (context) => stepSort(context, -1),
  sortNext: (context) => stepSort(context, 1),
  detailUp: (context) => scrollDetail(context, (top) => top - 1),
  detailDown: (context) => scrollDetail(context, (top) => top + 1),
  detailPageUp: (context) => scrollDetail(context, (top, page) => top - page),
  detailPageDown: (context) => scrollDetail(context, (top, page) => top + page),
  detailFirst: (context) => scrollDetail(context, () => 0),
  detailLast: (context) => scrollDetail(context, () => Number.MAX_SAFE_INTEGER),
  tabNext: (context) => moveTab(context, 1),
  tabPrevious: (context) => moveTab(context, -1),
  importDevices: (context) => importDevices(context, nodeGroup(context.getState())),
  editEntry: editRow,
  removeEntries: removeRows,
  checkDevices: onIds(checkDevices),
  scanHostKeys: onIds(scanHostKeys),
  moveDevices: onIds(moveDevices),
  trustHostKeys: onIds(trustHostKeys),
  releaseSeats: onIds((context, [id]) => (id === undefined ? undefined : releaseSeats(context, id))),
  runTask: onTask(runTask),
  showRuns: onTask(showNewestRun),
  raiseAttempts: onTask(raiseAttempts),
  copyTask: onTask(copyTask),
  cancelRun: onRun(cancelRun),
  retryRun: onRun(retryRun),
  openReport: onRun(openReport),
  compareRun: onRun(compareRun),
  runNext: (context) => stepRun(context, 1),
  runPrevious: (context) => stepRun(context, -1),
  showDetails,
  runOpenRow: openRunRow,
  runCauses: toggleCauses,
  runBack,
  showNextPart: (context) => stepPart(context, 1),
  showPreviousPart: (context) => stepPart(context, -1),
  showAll: (context) => showPart(context, 'all'),
  showActive: (context) => showPart(context, 'active'),
  showWaiting: (context) => showPart(context, 'waiting'),
  showSucceeded: (context) => showPart(context, 'succeeded'),
  showFailed: (context) => showPart(context, 'failed'),
  showUnreachable: (context) => showPart(context, 'unreachable'),
  showStopped: (context) => showPart(context, 'stopped'),
  runSortNext: nextSort,
  runSortReverse: reverseSort,
  logUp: (context) => scrollLog(context, () => -1),
  logDown: (context) => scrollLog(context, () => 1),
  logPageUp: (context) => scrollLog(context, (page) => 1 - page),
  logPageDown: (context) => scrollLog(context, (page) => page - 1),
  logFirst: firstOfLog,
  logLast: followLog,
  logFollow: toggleFollow,
  logWrap: toggleWrap,
  logLeft: (context) => scrollLogSideways(context, -8),
  logLeftOrBack,
  logRight: (context) => scrollLogSideways(context, 8),
  logSearch: openLogSearch,
  logFindNext: (context) => findInLog(context, 1),
  logFindPrevious: (context) => findInLog(context, -1),
  logSave: saveLog,
  searchGo: searchLog,
  attemptNext: (context) => stepAttempt(context, 1),
  attemptPrevious: (context) => stepAttempt(context, -1),
  deviceNext: (context) => stepDevice(context, 1),
  devicePrevious: (context) => stepDevice(context, -1),
  menuUp: (context) => moveInMenu(context, -1),
  menuDown: (context) => moveInMenu(context, 1),
  menuChoose: (context) => chooseInMenu(context, (action) => perform(context, action)),
  closeOverlay,
  buttonPrevious: (context) => moveButton(context, -1),
  buttonNext: (context) => moveButton(context, 1),
  buttonPress: pressButton,
  firstPackage: addPackage,
  firstDevices: (context) => importDevices(context, null),
  firstAccount: addAccount,
  firstInstall: (context) => openWizard(context, { kind: 'nothing' }),
  tryDemo: (context) => context.tryDemo(),
  formTab: (context) => {
    if (!completeInForm(context)) moveFormFocus(context, 1);
  },
  formSubmit: sendForm,
  formNext: (context) => moveFormFocus(context, 1),
  formPrevious: (context) => moveFormFocus(context, -1),
  formEnter: pressInForm,
  formToggle: toggleInForm,
  formChange: (context) => changeChoice(context, 1),
  formChangeBack: (context) => changeChoice(context, -1),
  formLeave: leaveForm,
  formReveal: revealSecret,
  pickUp: (context) => moveInPick(context, -1),
  pickDown: (context) => moveInPick(context, 1),
  pickChoose: choosePicked,
  filterKeep: keepFilter,
  filterOlder: (context) => recallFilter(context, 1),
  filterNewer: (context) => recallFilter(context, -1),
  filterComplete: completeInFilter,
  filterDrop: dropFilter,
  paletteUp: (context) => moveInPalette(context, -1),
  paletteDown: (context) => moveInPalette(context, 1),
  palettePageUp: (context) => moveInPalette(context, -10),
  palettePageDown: (context) => moveInPalette(context, 10),
  paletteChoose: (context) => chooseInPalette(context, (action) => perform(context, action)),
  scrollUp: (context) => scrollOverlay(context, (top) => top - 1),
  scrollDown: (context) => scrollOverlay(context, (top) => top + 1),
  scrollPageUp: (context) => scrollOverlay(context, (top, page) => top - page),
  scrollPageDown: (context) => scrollOverlay(context, (top, page) => top + page),
  scrollFirst: (context) => scrollOverlay(context, () => 0),
  scrollLast: (context) => scrollOverlay(context, () => Number.MAX_SAFE_INTEGER),
};

/** Does it, or says why it cannot be done now. */
export function perform(context: ConsoleContext, action: ActionId) {
  const why = whyDisabled(context.getState(), action);
  if (why !== null) return notify(context, words(why), 'status.warning');
  performers[action](context);
}
