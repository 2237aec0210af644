import { isFound } from '../../shared/searchForm.ts';
import { includedAccounts } from './accountOrder.ts';
import { triedRows } from './checkRows.ts';
import { tryAccounts } from './contactEffect.ts';
import { stopped } from './deviceChecks.ts';
import type { Field, ListRow } from './field.ts';
import { option } from './option.ts';
import { placeText } from './placeText.ts';
import { mostTried, sampleKey, sampleOf } from './sampleDevices.ts';
import { chosenTargets, targetCount } from './targetChoice.ts';
import type { Transition, WizardContext, WizardState } from './wizardState.ts';

const indent = 4;
const namesShown = 3;

/** `web01, db02, osaka-3 …` */
function sampleNames(state: WizardState, context: WizardContext): string {
  const { devices, newDevices } = sampleOf(state, context);
  const names = [...devices, ...newDevices].map(({ name }) => name);
  return names.slice(0, namesShown).join(', ') + (names.length > namesShown ? ' …' : '');
}

function deviceRows(state: WizardState, context: WizardContext): readonly ListRow[] {
  const { devices, newDevices } = chosenTargets(state, context);
  const sample = sampleOf(state, context);
  const marked = new Set([...sample.devices, ...sample.newDevices].map(sampleKey));
  return [...devices, ...newDevices]
    .filter(({ name, address }) => isFound(state.values.trialSearch, name, address))
    .map((device) => ({
      id: sampleKey(device),
      text: device.name,
      detail: placeText(device) === device.name ? '' : placeText(device),
      mark: marked.has(sampleKey(device)) ? 'on' : 'off',
    }));
}

function tryButton(state: WizardState, context: WizardContext): Field {
  const { trial } = state;
  if (trial?.isRunning) {
    const params = { done: trial.rows.length, total: trial.total };
    return { ...option('tryAccounts'), label: { key: 'wizard.stopTrying', params }, kind: 'button', indent };
  }
  const count = targetCount(sampleOf(state, context));
  const params = { count, names: sampleNames(state, context) };
  const hasAccount = includedAccounts(state, context.model.accounts).length > 0;
  return {
    ...option('tryAccounts'),
    label: { key: 'wizard.tryAccounts', params },
    kind: 'button',
    indent,
    disabled: !hasAccount
      ? { key: 'wizard.reason.noneIncluded' }
      : count === 0
        ? { key: 'wizard.reason.noTrialDevice' }
        : null,
  };
}

/** B3, B47: whether the accounts work, asked of a few devices while the wizard goes on. */
export function trialFields(state: WizardState, context: WizardContext): readonly Field[] {
  const { trial } = state;
  return [
    tryButton(state, context),
    { ...option('chooseTrialDevices'), kind: 'button', indent },
    ...(state.isChoosingTrialDevices
      ? [
          {
            ...option('trialDevices'),
            kind: 'list',
            rows: deviceRows(state, context),
            height: 6,
            marks: 'boxes',
            empty: { key: 'wizard.reason.nothingTried' },
            keys: ['mark'],
            search: 'trialSearch',
            indent: indent + 4,
          } as const,
        ]
      : []),
    ...(trial?.failure == null
      ? []
      : [{ kind: 'note', id: 'trialFailed', words: trial.failure, role: 'error', indent } as const]),
    ...(trial === null || trial.failure !== null
      ? []
      : [
          {
            ...option('tried'),
            kind: 'list',
            rows: triedRows(trial.rows, context.model),
            height: 6,
            marks: 'none',
            empty: { key: trial.isRunning ? 'wizard.check.waiting' : 'wizard.reason.nothingTried' },
            keys: [],
            indent,
          } as const,
        ]),
  ];
}

/** Marks or unmarks a device for the trial; at most as many as may be tried at once. */
export function toggleTrialDevice(state: WizardState, context: WizardContext, key: string): WizardState {
  const sample = sampleOf(state, context);
  const marked = new Set([...sample.devices, ...sample.newDevices].map(sampleKey));
  const changed = marked.symmetricDifference(new Set([key]));
  return changed.size > mostTried ? state : { ...state, trialDevices: changed };
}

export const trialButtons: Readonly<
  Record<string, (state: WizardState, context: WizardContext) => Transition>
> = {
  tryAccounts: (state, context) =>
    state.trial?.isRunning ? [{ ...state, trial: stopped(state.trial) }, null] : tryAccounts(state, context),
  chooseTrialDevices: (state) => [{ ...state, isChoosingTrialDevices: !state.isChoosingTrialDevices }, null],
};
