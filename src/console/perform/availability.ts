import type { MessageKey } from '../../i18n/messages.ts';
import type { ActionId } from '../keys/keymap.ts';
import type { ConsoleState } from '../state/consoleState.ts';
import type { FormField } from '../state/formState.ts';
import { selectNode } from '../viewmodels/selectTable.ts';
import { changingActions } from './changingActions.ts';
import { selectTarget, type Target, targetRun, targetTask } from './target.ts';

type Reason = MessageKey | null;
type Rule = (state: ConsoleState, target: Target) => Reason;

const onRows =
  (...kinds: readonly string[]): Rule =>
  (_state, target) =>
    !kinds.includes(target.kind)
      ? 'console.why.notHere'
      : target.ids.length > 0
        ? null
        : target.hidden > 0
          ? 'console.why.marksHidden'
          : 'console.why.noRow';

const onOneRow =
  (...kinds: readonly string[]): Rule =>
  (state, target) =>
    onRows(...kinds)(state, target) ?? (target.ids.length > 1 ? 'console.why.oneRow' : null);

/** Several rows are marked where only one can be meant. */
const severalOf = (target: Target, ...kinds: readonly string[]): Reason =>
  kinds.includes(target.kind) && target.ids.length > 1 ? 'console.why.oneRow' : null;

const taskKinds = ['tasks', 'groupTasks'] as const;
const onGroup: Rule = (state) => (selectNode(state).kind === 'group' ? null : 'console.why.noGroup');
const addable = new Set([
  'managed',
  'group',
  'unassigned',
  'remote',
  'packages',
  'licenses',
  'accounts',
  'hostKeys',
]);
/** The button of a form that has the focus. */
function topButton({ ui }: ConsoleState): string | null {
  const top = ui.overlays.at(-1);
  const focus = top?.kind === 'form' ? top.form.focus : null;
  return focus === 'submit' || focus === 'cancel' ? focus : null;
}

/** What kind of form field has the focus. */
function onField(...kinds: readonly FormField['kind'][]): Rule {
  return ({ ui }) => {
    const top = ui.overlays.at(-1);
    const field = top?.kind === 'form' ? top.form.fields.find(({ id }) => id === top.form.focus) : undefined;
    return field !== undefined && kinds.includes(field.kind) ? null : 'console.why.notHere';
  };
}
const withModel: Rule = (state) => (state.model.isLoaded ? null : 'console.why.noConnection');

const onARun: Rule = (state, target) =>
  severalOf(target, 'runs') ?? (targetRun(state) === null ? 'console.why.noRun' : null);

/** When an action cannot be done now, and why. Actions that are not named here can always be done. */
const rules: Partial<Record<ActionId, Rule>> = {
  installApplication: (state, target) =>
    withModel(state, target) ??
    (target.kind === 'packages'
      ? onOneRow('packages')(state, target)
      : target.kind === 'devices'
        ? onRows('devices')(state, target)
        : null),
  installOnGroup: withModel,
  addEntry: (state) => (addable.has(selectNode(state).kind) ? null : 'console.why.notHere'),
  addGroup: (state) => (['group', 'managed'].includes(selectNode(state).kind) ? null : 'console.why.notHere'),
  renameGroup: onGroup,
  moveGroup: onGroup,
  removeGroup: onGroup,
  undo: (state) => (state.ui.past.length > 0 ? null : 'changes.nothing'),
  formReveal: onField('secret'),
  formToggle: (state, target) =>
    topButton(state) !== null ? null : onField('choice', 'check')(state, target),
  importDevices: (state) =>
    ['managed', 'group', 'unassigned'].includes(selectNode(state).kind) ? null : 'console.why.notHere',
  editEntry: onOneRow('packages', 'devices', 'licenses', 'accounts', ...taskKinds),
  removeEntries: onRows('packages', 'devices', 'licenses', 'accounts', 'hostKeys', 'runs', ...taskKinds),
  showDetails: onRows('packages', 'devices', 'licenses', 'accounts', 'hostKeys', 'runs', ...taskKinds),
  checkDevices: onRows('devices'),
  scanHostKeys: onRows('devices'),
  moveDevices: onRows('devices'),
  trustHostKeys: onRows('hostKeys'),
  releaseSeats: onOneRow('licenses'),
  runTask: onOneRow(...taskKinds),
  copyTask: onOneRow(...taskKinds),
  showRuns: onOneRow(...taskKinds),
  raiseAttempts: (state, target) =>
    severalOf(target, 'runs', ...taskKinds) ?? (targetTask(state) === null ? 'console.why.noTask' : null),
  cancelRun: (state, target) => {
    const several = severalOf(target, 'runs');
    if (several !== null) return several;
    const run = targetRun(state);
    if (run === null) return 'console.why.noRun';
    return run.state === 'finished' || run.state === 'cancelled' ? 'console.why.runEnded' : null;
  },
  openReport: onARun,
  compareRun: onARun,
  retryRun: onARun,
};

/** Null: the action can be done now. */
export function whyDisabled(state: ConsoleState, action: ActionId): Reason {
  if (state.ui.isReadOnly && changingActions.has(action)) return 'console.why.readOnly';
  return rules[action]?.(state, selectTarget(state)) ?? null;
}
