import { taskNameFor, uniqueTaskName } from '../../domain/taskName.ts';
import { defaultTaskSettings } from '../../domain/taskSettings.ts';
import type { Language } from '../../i18n/registry.ts';
import { translator } from '../../i18n/translate.ts';
import { initialAccountIds } from './accountOrder.ts';
import { managedRoot, unassignedRoot } from './deviceTree.ts';
import { shownSteps } from './registry.ts';
import { focusFirst } from './wizardFocus.ts';
import type { WizardBase, WizardContext, WizardStart, WizardState } from './wizardState.ts';
import { valuesOf, type WizardValues } from './wizardValues.ts';

export interface WizardOrder {
  readonly id: number;
  readonly start: WizardStart;
  readonly language: Language;
  /** Devices that were marked in the console when the wizard was started. */
  readonly markedDeviceIds?: readonly string[];
  /** The task that is edited or copied; absent: a new one is made. */
  readonly base?: WizardBase;
}

/** What a task that is there brings into the wizard. */
function valuesOfBase(
  { use, task }: WizardBase,
  { model }: WizardContext,
  language: Language,
): Partial<WizardValues> {
  const { packageId, settings } = task;
  const taken = [...model.tasks.values()].map(({ name }) => name);
  const ownName = taskNameFor(model.packages.get(packageId)?.name ?? '', language);
  return {
    packageId,
    packageSource: 'existing',
    accountMode: settings.accountIds.length === 0 ? 'none' : 'required',
    hostKeyPolicy: settings.hostKeyPolicy,
    // A copy that is named after its package follows the package that is chosen for it.
    taskName: use === 'edit' ? task.name : task.name === ownName ? null : uniqueTaskName(task.name, taken),
    doNotRun: use === 'copy',
  };
}

/** A larger fleet begins with its groups folded. */
const mostDevicesUnfolded = 60;

function initiallyExpanded({ model }: WizardContext): ReadonlySet<string> {
  const roots = [managedRoot, unassignedRoot];
  return new Set(model.devices.size > mostDevicesUnfolded ? roots : [...roots, ...model.groups.keys()]);
}

/** The package that the wizard was opened with, or the only one there is. */
function initialPackageId(start: WizardStart, { model }: WizardContext): string {
  if (start.kind === 'package') return start.packageId;
  const [only, ...others] = model.packages.keys();
  return others.length === 0 ? (only ?? '') : '';
}

/** A wizard at its first window, every option at its default. */
export function createWizard(order: WizardOrder, context: WizardContext): WizardState {
  const { start, language, base = null } = order;
  const { model, capabilities } = context;
  const settings =
    base?.task.settings ?? defaultTaskSettings(translator(language)('wizard.restart.defaultMessage'));
  const accountIds = base?.task.settings.accountIds ?? initialAccountIds(model);
  const state: WizardState = {
    id: order.id,
    language,
    start,
    base,
    step: 'devices',
    cameFrom: null,
    focus: 'next',
    caret: 0,
    isRevealed: false,
    values: {
      ...valuesOf(settings),
      packageId: initialPackageId(start, context),
      packageSource: start.kind === 'package' || model.packages.size > 0 ? 'existing' : 'file',
      // B45: without agents there is nothing that could run without an account.
      accountMode: capabilities.hasNetworkAgents ? 'none' : 'required',
      ...(base === null ? {} : valuesOfBase(base, context, language)),
    },
    markedDeviceIds: new Set(order.markedDeviceIds ?? []),
    expanded: initiallyExpanded(context),
    cursors: start.kind === 'group' ? { targetGroup: start.groupId } : {},
    addressFile: null,
    pathsSeen: {},
    seenPackage: null,
    isModifyingPrompt: false,
    accountOrder: accountIds,
    includedAccountIds: new Set(accountIds),
    isAccountFormOpen: false,
    isLicenseFormOpen: false,
    trialDevices: null,
    isChoosingTrialDevices: false,
    trial: null,
    spentAccounts: new Map(),
    plan: null,
    scannedKeys: null,
    help: { isAllShown: false, open: new Set() },
    problems: [],
    busy: null,
    effect: null,
    leaving: null,
    submission: {
      phase: null,
      failure: null,
      made: {
        tasksBefore: null,
        taskId: null,
        taskSpecification: null,
        isTaskSent: false,
        isStartSent: false,
      },
    },
  };
  return focusFirst({ ...state, step: shownSteps(state)[0]!.id }, context);
}
