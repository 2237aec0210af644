import { groupPath } from '../../domain/groupTree.ts';
import { shareOf } from '../../domain/share.ts';
import { sizeText } from '../viewmodels/figures.ts';
import { includedAccounts } from './accountOrder.ts';
import type { FactField, Words } from './field.ts';
import { containedLicense, licenseForPackage, seatsShort, selectedLicense } from './licenseChoice.ts';
import { numberOf } from './numberRule.ts';
import { chosenPackage, packageLabel } from './packageChoice.ts';
import { chosenTargets, targetCount } from './targetChoice.ts';
import type { WizardContext, WizardState } from './wizardState.ts';
import type { WizardValues } from './wizardValues.ts';

type Said = readonly (Words | string)[];

const when = (condition: boolean, key: Words['key'], params?: Words['params']): readonly Words[] =>
  condition ? [params === undefined ? { key } : { key, params }] : [];

function packageSaid(state: WizardState, context: WizardContext): Said {
  const chosen = chosenPackage(state, context);
  if (chosen === null) return [{ key: 'wizard.summary.packageGone' }];
  const from = when(chosen.id === null, 'wizard.summary.fromFile', { path: state.values.packagePath });
  return [
    `${packageLabel(chosen)} (${chosen.format} ${chosen.architecture}, ${sizeText(chosen.sizeBytes)})`,
    ...from,
  ];
}

function targetsSaid(state: WizardState, context: WizardContext): Said {
  const targets = chosenTargets(state, context);
  const { start } = state;
  return [
    ...(start.kind === 'group'
      ? [
          {
            key: 'wizard.summary.group',
            params: { path: groupPath(context.model.groups, start.groupId) },
          } as const,
        ]
      : []),
    { key: 'wizard.summary.devices', params: { count: targetCount(targets) } },
    ...when(targets.newDevices.length > 0, 'wizard.summary.newDevices', { count: targets.newDevices.length }),
  ];
}

const deliverySaid = ({
  networkAgent,
  sharedFoldersServer,
  sharedFoldersDistributionPoints,
}: WizardValues): Said => [
  ...when(networkAgent, 'wizard.summary.networkAgent'),
  ...when(sharedFoldersServer, 'wizard.summary.sharedFoldersServer'),
  ...when(sharedFoldersDistributionPoints, 'wizard.summary.sharedFoldersDistributionPoints'),
];

/** A number as it counts: full-width digits are shown as the number they mean. */
const figure = (typed: string): string => String(numberOf(typed) ?? '');

/** B90: `waves of 5 devices`, `waves of 10 % of the devices`. */
function share(name: 'waves' | 'stopAfterFailures' | 'stopAfterUnreachable', typed: string): Said {
  const value = shareOf(typed);
  if (value === null) return [];
  if (typeof value === 'number') return [{ key: `wizard.summary.${name}`, params: { count: value } }];
  return [{ key: `wizard.summary.${name}.percent`, params: { percent: value } }];
}

const paceSaid = (values: WizardValues): Said => [
  { key: 'wizard.summary.concurrency', params: { count: figure(values.concurrency) } },
  ...when(values.bandwidth !== '', 'wizard.summary.bandwidth', { count: figure(values.bandwidth) }),
  ...share('waves', values.waveSize),
  ...share('stopAfterFailures', values.stopAfterFailures),
  ...share('stopAfterUnreachable', values.stopAfterUnreachable),
];

const restartSaid = ({ restartKind, restartRepeat, restartAutomatic, forceClose }: WizardValues): Said => [
  { key: `wizard.restartKind.${restartKind}` },
  ...when(restartKind === 'promptUser', 'wizard.summary.prompt', {
    repeat: figure(restartRepeat),
    automatic: figure(restartAutomatic),
  }),
  ...when(forceClose, 'wizard.forceClose'),
];

function accountsSaid(state: WizardState, { model }: WizardContext): Said {
  if (state.values.accountMode === 'none') return [{ key: 'wizard.accountMode.none' }];
  return includedAccounts(state, model.accounts).map(({ name }, index) => `${index + 1}. ${name}`);
}

function licenseSaid(state: WizardState, context: WizardContext): Said {
  const contained = containedLicense(state, context);
  if (contained !== null) return [contained.name, { key: 'wizard.summary.licenseOfPackage' }];
  const selected = selectedLicense(state, context);
  if (selected === null) return [{ key: 'wizard.license.none' }];
  const { beyond } = seatsShort(selected, state, context);
  const isAdded = licenseForPackage(state, context) !== null;
  return [
    selected.name,
    { key: `wizard.licenseDelivery.${isAdded ? 'inPackage' : 'withTask'}` },
    ...when(beyond > 0, 'wizard.summary.seatsShort', { count: beyond }),
  ];
}

const fact = (name: SummaryName, values: Said): FactField => ({
  kind: 'fact',
  id: `summary.${name}`,
  label: { key: `wizard.fact.${name}` },
  values,
});
type SummaryName =
  | 'package'
  | 'targets'
  | 'delivery'
  | 'attempts'
  | 'foreign'
  | 'checks'
  | 'pace'
  | 'license'
  | 'restart'
  | 'accounts'
  | 'hostKeys';

type Summary = (state: WizardState, context: WizardContext) => readonly FactField[];

/** What was chosen in each window, in words. */
export const packageSummary: Summary = (state, context) => [fact('package', packageSaid(state, context))];
export const devicesSummary: Summary = (state, context) => [fact('targets', targetsSaid(state, context))];
export const settingsSummary: Summary = ({ values }) => [
  fact('delivery', deliverySaid(values)),
  fact('attempts', [{ key: 'wizard.summary.attempts', params: { count: figure(values.attemptsLimit) } }]),
  fact('foreign', [{ key: `wizard.foreignDevices.${values.foreignDevices}` }]),
  fact('checks', [
    { key: values.skipIfInstalled ? 'wizard.summary.skipIfInstalled' : 'wizard.summary.installAgain' },
    { key: values.verifyPlatform ? 'wizard.summary.verifyPlatform' : 'wizard.summary.anyPlatform' },
  ]),
  fact('pace', paceSaid(values)),
];
export const licenseSummary: Summary = (state, context) => [fact('license', licenseSaid(state, context))];
export const restartSummary: Summary = ({ values }) => [fact('restart', restartSaid(values))];
export const accountsSummary: Summary = (state, context) => [
  fact('accounts', accountsSaid(state, context)),
  fact('hostKeys', [{ key: `wizard.hostKeyPolicy.${state.values.hostKeyPolicy || 'strict'}` }]),
];
