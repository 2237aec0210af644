import { longestRestartWaitMinutes } from '../../../domain/taskSettings.ts';
import type { Field, Problem } from '../field.ts';
import { numberProblems } from '../numberRule.ts';
import { option } from '../option.ts';
import { restartSummary } from '../summary.ts';
import type { WizardState } from '../wizardState.ts';
import type { WizardStep } from '../wizardStep.ts';

const longestMessage = 1000;

const isPrompting = ({ values }: WizardState): boolean => values.restartKind === 'promptUser';

/** B41: what [Modify] unfolds. */
const promptFields: readonly Field[] = [
  { ...option('restartMessage'), kind: 'text', value: 'restartMessage', indent: 8 },
  {
    ...option('restartRepeat'),
    kind: 'number',
    value: 'restartRepeat',
    min: 1,
    max: longestRestartWaitMinutes,
    unit: { key: 'wizard.unit.minutes' },
    indent: 8,
  },
  {
    ...option('restartAutomatic'),
    kind: 'number',
    value: 'restartAutomatic',
    min: 1,
    max: longestRestartWaitMinutes,
    unit: { key: 'wizard.unit.minutes' },
    indent: 8,
  },
];

function fields(state: WizardState): readonly Field[] {
  return [
    { kind: 'section', id: 'restart', label: { key: 'wizard.restart.section' } },
    { ...option('restartKind.doNotRestart'), kind: 'radio', value: 'restartKind', choice: 'doNotRestart' },
    { ...option('restartKind.restart'), kind: 'radio', value: 'restartKind', choice: 'restart' },
    { ...option('restartKind.promptUser'), kind: 'radio', value: 'restartKind', choice: 'promptUser' },
    {
      ...option('modifyPrompt'),
      kind: 'button',
      indent: 4,
      disabled: isPrompting(state) ? null : { key: 'wizard.reason.notPrompting' },
    },
    ...(state.isModifyingPrompt && isPrompting(state) ? promptFields : []),
    { kind: 'section', id: 'closure', label: { key: 'wizard.restart.closure' } },
    { ...option('forceClose'), kind: 'checkbox', value: 'forceClose' },
  ];
}

function messageProblems(state: WizardState): readonly Problem[] {
  const { length } = state.values.restartMessage.trim();
  if (length > 0 && length <= longestMessage) return [];
  return [
    { field: 'restartMessage', words: { key: 'wizard.problem.message', params: { max: longestMessage } } },
  ];
}

const promptProblems = (state: WizardState): readonly Problem[] => [
  ...messageProblems(state),
  ...numberProblems(promptFields, state.values),
];

/** Window 4: Operating system restart option (B39 to B43). */
export const restartStep: WizardStep = {
  id: 'restart',
  summary: restartSummary,
  title: 'wizard.restart.title',
  isShown: () => true,
  fields,
  validate: (state) => (isPrompting(state) ? promptProblems(state) : []),
  press: (state, _context, button) => {
    if (button !== 'modifyPrompt') return [state, null];
    const problems = promptProblems(state);
    // Wrong settings are not folded away: Next would be refused for something out of sight.
    return problems.length > 0
      ? [{ ...state, isModifyingPrompt: true, problems }, null]
      : [{ ...state, isModifyingPrompt: !state.isModifyingPrompt }, null];
  },
};
