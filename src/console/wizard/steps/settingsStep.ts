import type { Field, Problem } from '../field.ts';
import { numberProblems } from '../numberRule.ts';
import { option } from '../option.ts';
import { settingsSummary } from '../summary.ts';
import type { WizardContext, WizardState } from '../wizardState.ts';
import type { WizardStep } from '../wizardStep.ts';

/** B12, B16, B19, B21. */
function deliveryFields(state: WizardState, { capabilities }: WizardContext): readonly Field[] {
  const isOnlyAgent = state.values.networkAgent && !state.values.sharedFoldersServer;
  return [
    { kind: 'section', id: 'delivery', label: { key: 'wizard.settings.delivery' } },
    { ...option('networkAgent'), kind: 'checkbox', value: 'networkAgent' },
    ...(capabilities.hasNetworkAgents
      ? []
      : [
          {
            kind: 'note',
            id: 'noAgents',
            words: { key: isOnlyAgent ? 'wizard.note.onlyAgent' : 'wizard.note.noAgents' },
            role: isOnlyAgent ? 'warning' : 'muted',
            indent: 4,
          } as const,
        ]),
    { ...option('sharedFoldersServer'), kind: 'checkbox', value: 'sharedFoldersServer' },
    {
      ...option('sharedFoldersDistributionPoints'),
      kind: 'checkbox',
      value: 'sharedFoldersDistributionPoints',
      disabled: capabilities.hasDistributionPoints ? null : { key: 'wizard.reason.noDistributionPoint' },
    },
  ];
}

const attemptsFields: readonly Field[] = [
  { kind: 'section', id: 'attempts', label: { key: 'wizard.settings.attempts' } },
  { ...option('attemptsLimit'), kind: 'number', value: 'attemptsLimit', min: 1, max: 99 },
];

/** B33. */
const foreignFields: readonly Field[] = [
  { kind: 'section', id: 'foreign', label: { key: 'wizard.settings.foreign' } },
  {
    ...option('foreignDevices.installOnAll'),
    kind: 'radio',
    value: 'foreignDevices',
    choice: 'installOnAll',
  },
  {
    ...option('foreignDevices.onlyManagedHere'),
    kind: 'radio',
    value: 'foreignDevices',
    choice: 'onlyManagedHere',
  },
];

/** B35. */
const checkFields: readonly Field[] = [
  { kind: 'section', id: 'checks', label: { key: 'wizard.settings.checks' } },
  { ...option('skipIfInstalled'), kind: 'checkbox', value: 'skipIfInstalled' },
  { ...option('verifyPlatform'), kind: 'checkbox', value: 'verifyPlatform' },
];

/** B35, B90. */
const paceFields: readonly Field[] = [
  { kind: 'section', id: 'pace', label: { key: 'wizard.settings.pace' } },
  { ...option('concurrency'), kind: 'number', value: 'concurrency', min: 1, max: 1000 },
  {
    ...option('bandwidth'),
    kind: 'number',
    value: 'bandwidth',
    min: 1,
    max: 97_656_250,
    whenEmpty: { key: 'wizard.empty.noLimit' },
    unit: { key: 'wizard.unit.kibPerSecond' },
  },
  {
    ...option('waveSize'),
    kind: 'number',
    value: 'waveSize',
    min: 1,
    max: 100_000,
    whenEmpty: { key: 'wizard.empty.oneWave' },
    unit: { key: 'wizard.unit.devicesOrPercent' },
    isShare: true,
  },
  {
    ...option('stopAfterFailures'),
    kind: 'number',
    value: 'stopAfterFailures',
    min: 1,
    max: 100_000,
    whenEmpty: { key: 'wizard.empty.never' },
    unit: { key: 'wizard.unit.devicesOrPercent' },
    isShare: true,
  },
  {
    ...option('stopAfterUnreachable'),
    kind: 'number',
    value: 'stopAfterUnreachable',
    min: 1,
    max: 100_000,
    whenEmpty: { key: 'wizard.empty.never' },
    unit: { key: 'wizard.unit.devicesOrPercent' },
    isShare: true,
  },
];

const fields = (state: WizardState, context: WizardContext): readonly Field[] => [
  ...deliveryFields(state, context),
  ...attemptsFields,
  ...foreignFields,
  ...checkFields,
  ...paceFields,
];

/** B22. */
function deliveryProblems({ values }: WizardState): readonly Problem[] {
  if (values.networkAgent || values.sharedFoldersServer || values.sharedFoldersDistributionPoints) return [];
  return [
    {
      field: 'networkAgent',
      also: ['sharedFoldersServer', 'sharedFoldersDistributionPoints'],
      words: { key: 'wizard.problem.noDelivery' },
    },
  ];
}

/** Window 2: Defining remote installation task settings. */
export const settingsStep: WizardStep = {
  id: 'settings',
  summary: settingsSummary,
  title: 'wizard.settings.title',
  isShown: () => true,
  fields,
  validate: (state, context) => [
    ...deliveryProblems(state),
    ...numberProblems(fields(state, context), state.values),
  ],
};
