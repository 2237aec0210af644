import type { Account } from '../../../domain/model.ts';
import { isFound } from '../../../shared/searchForm.ts';
import { accountFormFields, accountFormOf, accountFormProblems, withoutAccountForm } from '../accountForm.ts';
import { includedAccounts, movedAccount, orderedAccounts } from '../accountOrder.ts';
import { scanKeys } from '../contactEffect.ts';
import type { Field, ListRow, Problem } from '../field.ts';
import { hostKeyRows, reviewHostKeys } from '../hostKeyReview.ts';
import { option } from '../option.ts';
import { accountsSummary } from '../summary.ts';
import { chosenTargets, targetCount } from '../targetChoice.ts';
import { toggleTrialDevice, trialButtons, trialFields } from '../trialFields.ts';
import type { Transition, WizardContext, WizardState } from '../wizardState.ts';
import type { WizardStep } from '../wizardStep.ts';

const accountRow = (account: Account, isIncluded: boolean): ListRow => ({
  id: account.id,
  text: account.name,
  detail: [
    account.user,
    account.become === 'none' ? '' : account.become,
    account.kind === 'key' ? (account.keyFingerprint ?? '') : account.kind === 'agent' ? 'ssh-agent' : '',
  ]
    .filter((part) => part !== '')
    .join(' '),
  mark: isIncluded ? 'on' : 'off',
});

function modeFields(state: WizardState, context: WizardContext): readonly Field[] {
  const { hasNetworkAgents } = context.capabilities;
  return [
    { kind: 'section', id: 'mode', label: { key: 'wizard.accounts.mode' } },
    {
      ...option('accountMode.none'),
      kind: 'radio',
      value: 'accountMode',
      choice: 'none',
      disabled: hasNetworkAgents ? null : { key: 'wizard.reason.noAgent' },
    },
    { ...option('accountMode.required'), kind: 'radio', value: 'accountMode', choice: 'required' },
    ...(state.values.accountMode === 'required' ? accountFields(state, context) : []),
  ];
}

function accountFields(state: WizardState, context: WizardContext): readonly Field[] {
  const { model } = context;
  const accounts = orderedAccounts(state.accountOrder, model.accounts);
  return [
    {
      ...option('accounts'),
      kind: 'list',
      rows: accounts
        .filter(({ name, user }) => isFound(state.values.accountSearch, name, user))
        .map((account) => accountRow(account, state.includedAccountIds.has(account.id))),
      height: 8,
      marks: 'boxes',
      empty: { key: 'wizard.reason.noAccounts' },
      keys: ['mark', 'reorder'],
      search: 'accountSearch',
      indent: 4,
    },
    { ...option('addAccount'), kind: 'button', indent: 4 },
    ...(state.isAccountFormOpen ? accountFormFields(state, context) : []),
    ...trialFields(state, context),
  ];
}

/** B100: the choice for the first contact, and the review before it. */
function hostKeyFields(state: WizardState, context: WizardContext): readonly Field[] {
  const targets = chosenTargets(state, context);
  const review = reviewHostKeys(targets, context.model.hostKeys);
  const rows = hostKeyRows(review);
  const isAccepted = state.values.hostKeyPolicy === 'acceptNew';
  return [
    { kind: 'section', id: 'firstContact', label: { key: 'wizard.accounts.hostKeys' } },
    {
      kind: 'note',
      id: 'unknownKeys',
      words: {
        key: review.withoutTrustedKey === 0 ? 'wizard.note.allKeysKnown' : 'wizard.note.unknownKeys',
        params: { count: review.withoutTrustedKey, total: targetCount(targets) },
      },
      role: review.withoutTrustedKey > 0 && !isAccepted ? 'warning' : 'muted',
    },
    {
      ...option('hostKeyPolicy.strict'),
      kind: 'radio',
      value: 'hostKeyPolicy',
      choice: 'strict',
      isImplied: state.values.hostKeyPolicy === '' && review.withoutTrustedKey === 0,
    },
    { ...option('hostKeyPolicy.acceptNew'), kind: 'radio', value: 'hostKeyPolicy', choice: 'acceptNew' },
    { ...option('scanHostKeys'), kind: 'button' },
    ...(rows.length === 0 && state.scannedKeys === null
      ? []
      : [
          {
            ...option('hostKeys'),
            kind: 'list',
            rows,
            height: 8,
            marks: 'none',
            empty: { key: 'wizard.reason.nothingToReview' },
            keys: [],
          } as const,
        ]),
    ...(review.pending.length === 0 ? [] : [trustButton(review.pending.length)]),
  ];
}

const trustButton = (count: number): Field => ({
  ...option('trustHostKeys'),
  label: { key: 'wizard.trustHostKeys', params: { count } },
  kind: 'button',
  indent: 4,
});

const fields = (state: WizardState, context: WizardContext): readonly Field[] => [
  ...modeFields(state, context),
  ...hostKeyFields(state, context),
];

const isAdding = ({ isAccountFormOpen, values }: WizardState): boolean =>
  isAccountFormOpen && values.accountMode === 'required';

function accountProblems(state: WizardState, { model }: WizardContext): readonly Problem[] {
  if (state.values.accountMode === 'none') return [];
  if (state.isAccountFormOpen) {
    const problems = accountFormProblems(state);
    // Nobody has begun it: more likely it was opened by mistake.
    return problems.length > 1
      ? [{ field: 'saveAccount', words: { key: 'wizard.problem.accountNotSaved' } }]
      : problems;
  }
  if (includedAccounts(state, model.accounts).length > 0) return [];
  return [{ field: 'accounts', also: ['addAccount'], words: { key: 'wizard.problem.noAccount' } }];
}

/** B100: first contact needs an explicit choice. */
function hostKeyProblems(state: WizardState, context: WizardContext): readonly Problem[] {
  const { withoutTrustedKey } = reviewHostKeys(chosenTargets(state, context), context.model.hostKeys);
  if (state.values.hostKeyPolicy !== '' || withoutTrustedKey === 0) return [];
  return [
    {
      field: 'hostKeyPolicy.strict',
      also: ['hostKeyPolicy.acceptNew'],
      words: { key: 'wizard.problem.hostKeyPolicy' },
    },
  ];
}

function saveAccount(state: WizardState, { model }: WizardContext): Transition {
  const problems = accountFormProblems(state);
  if (problems.length > 0) return [{ ...state, problems, focus: problems[0]!.field }, null];
  return [state, { kind: 'saveAccount', form: accountFormOf(state, model.accounts) }];
}

const buttons: Readonly<Record<string, (state: WizardState, context: WizardContext) => Transition>> = {
  addAccount: (state) => [{ ...state, isAccountFormOpen: true, focus: 'accountKind.password' }, null],
  saveAccount,
  discardAccount: (state) => [{ ...withoutAccountForm(state), focus: 'addAccount', problems: [] }, null],
  ...trialButtons,
  scanHostKeys: scanKeys,
  trustHostKeys: (state, context) => {
    const review = reviewHostKeys(chosenTargets(state, context), context.model.hostKeys);
    return [state, { kind: 'trustHostKeys', ids: review.pending.map(({ id }) => id) }];
  },
};

/** Window 5: Selecting accounts to access devices (B45 to B53), and the host keys (B100). */
export const accountsStep: WizardStep = {
  id: 'accounts',
  summary: accountsSummary,
  title: 'wizard.accounts.title',
  isShown: () => true,
  fields,
  firstFocus(state, { model }) {
    if (state.values.accountMode === 'none') return 'accountMode.none';
    return model.accounts.size === 0 ? 'addAccount' : 'accounts';
  },
  validate: (state, context) => [
    ...accountProblems(state, context),
    ...(isAdding(state) ? [] : hostKeyProblems(state, context)),
  ],
  // Next saves the account that is being added, and stays to show it.
  beforeNext: (state, { model }) =>
    isAdding(state) ? { kind: 'saveAccount', form: accountFormOf(state, model.accounts) } : null,
  press: (state, context, button) => buttons[button]?.(state, context) ?? [state, null],
  row(state, context, list, row, verb) {
    if (list === 'trialDevices') return verb === 'toggle' ? toggleTrialDevice(state, context, row) : state;
    if (list !== 'accounts') return state;
    const { model } = context;
    if (verb === 'raise' || verb === 'lower') {
      const by = verb === 'raise' ? -1 : 1;
      return { ...state, accountOrder: movedAccount(state.accountOrder, model.accounts, row, by) };
    }
    if (verb !== 'toggle') return state;
    return { ...state, includedAccountIds: state.includedAccountIds.symmetricDifference(new Set([row])) };
  },
};
