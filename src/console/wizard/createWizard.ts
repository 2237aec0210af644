import { defaultTaskSettings } from '../../domain/taskSettings.ts';
import type { Language } from '../../i18n/registry.ts';
import { translator } from '../../i18n/translate.ts';
import { initialAccountIds } from './accountOrder.ts';
import { managedRoot, unassignedRoot } from './deviceTree.ts';
import { packageStep } from './steps/packageStep.ts';
import { focusFirst } from './wizardFocus.ts';
import type { WizardContext, WizardStart, WizardState } from './wizardState.ts';
import { valuesOf } from './wizardValues.ts';

export interface WizardOrder {
  readonly id: number;
  readonly start: WizardStart;
  readonly language: Language;
  /** Devices that were marked in the console when the wizard was started. */
  readonly markedDeviceIds?: readonly string[];
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
  const { start, language } = order;
  const { model, capabilities } = context;
  const settings = defaultTaskSettings(translator(language)('wizard.restart.defaultMessage'));
  const accountIds = initialAccountIds(model);
  const state: WizardState = {
    id: order.id,
    language,
    start,
    step: 'devices',
    focus: 'next',
    caret: 0,
    values: {
      ...valuesOf(settings),
      packageId: initialPackageId(start, context),
      packageSource: start.kind === 'package' || model.packages.size > 0 ? 'existing' : 'file',
      // B45: without agents there is nothing that could run without an account.
      accountMode: capabilities.hasNetworkAgents ? 'none' : 'required',
    },
    markedDeviceIds: new Set(order.markedDeviceIds ?? []),
    expanded: initiallyExpanded(context),
    cursors: {},
    addressFile: null,
    pathsSeen: {},
    seenPackage: null,
    isModifyingPrompt: false,
    accountOrder: accountIds,
    includedAccountIds: new Set(accountIds),
    isAccountFormOpen: false,
    triedRows: null,
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
  const first = packageStep.isShown(state) ? packageStep.id : state.step;
  return focusFirst({ ...state, step: first }, context);
}
