import type { Failure, FailureCode } from '../../domain/failure.ts';
import { foldedName } from '../../domain/foldedName.ts';
import type { Model } from '../../domain/model.ts';
import type { FocusableField, Problem, Words } from './field.ts';
import { option } from './option.ts';
import { chosenPackage } from './packageChoice.ts';
import type { AccountForm } from './wizardEffect.ts';
import type { WizardContext, WizardState } from './wizardState.ts';
import { emptyAccountForm, type WizardValues } from './wizardValues.ts';

const indent = 4;
const becomeChoices = ['sudo', 'doas', 'su', 'none'] as const;

function formFields({ values }: WizardState, noKeys: Words | null): readonly FocusableField[] {
  const secrets: readonly FocusableField[] =
    values.accountKind === 'password'
      ? [{ ...option('accountPassword'), kind: 'secret', value: 'accountPassword', indent }]
      : [
          { ...option('accountPrivateKey'), kind: 'text', value: 'accountPrivateKey', isPath: true, indent },
          {
            ...option('accountPublicKey'),
            kind: 'text',
            value: 'accountPublicKey',
            isPath: true,
            placeholder: { key: 'wizard.optional' },
            indent,
          },
          {
            ...option('accountPassphrase'),
            kind: 'secret',
            value: 'accountPassphrase',
            placeholder: { key: 'wizard.optional' },
            indent,
          },
        ];
  return [
    { ...option('accountKind.password'), kind: 'radio', value: 'accountKind', choice: 'password', indent },
    {
      ...option('accountKind.key'),
      kind: 'radio',
      value: 'accountKind',
      choice: 'key',
      disabled: noKeys,
      indent,
    },
    { ...option('accountUser'), kind: 'text', value: 'accountUser', indent },
    ...secrets,
    ...becomeChoices.map(
      (choice): FocusableField => ({
        ...option(`accountBecome.${choice}`),
        kind: 'radio',
        value: 'accountBecome',
        choice,
        indent,
      }),
    ),
    ...(values.accountBecome === 'none'
      ? []
      : [
          {
            ...option('accountBecomePassword'),
            kind: 'secret',
            value: 'accountBecomePassword',
            placeholder: {
              key:
                values.accountKind === 'password' && values.accountBecome !== 'su'
                  ? 'wizard.accountBecomePassword.same'
                  : 'wizard.optional',
            },
            indent,
          } as const,
        ]),
    {
      ...option('accountName'),
      kind: 'text',
      value: 'accountName',
      placeholder: { key: 'wizard.accountName.placeholder' },
      indent,
    },
    { ...option('saveAccount'), kind: 'button', indent },
    { ...option('discardAccount'), kind: 'button', indent },
  ];
}

/** B47: SSH certificates are for Linux only. */
const keysDisabled = (state: WizardState, context: WizardContext): Words | null =>
  chosenPackage(state, context)?.platform === 'windows' ? { key: 'wizard.reason.linuxOnly' } : null;

/** B47: the form that [Add] unfolds, for the kind of account that is chosen in it. */
export const accountFormFields = (state: WizardState, context: WizardContext): readonly FocusableField[] =>
  formFields(state, keysDisabled(state, context)).map((field) => ({ ...field, enterMoves: true }));

/** What is missing in the form. */
export function accountFormProblems({ values }: WizardState): readonly Problem[] {
  const problems: Problem[] = [];
  if (values.accountUser.trim() === '') {
    problems.push({ field: 'accountUser', words: { key: 'wizard.problem.accountUser' } });
  }
  if (values.accountKind === 'password' && values.accountPassword === '') {
    problems.push({ field: 'accountPassword', words: { key: 'wizard.problem.accountPassword' } });
  }
  if (values.accountKind === 'key' && values.accountPrivateKey.trim() === '') {
    problems.push({ field: 'accountPrivateKey', words: { key: 'wizard.problem.accountPrivateKey' } });
  }
  return problems;
}

/** The name as typed, or the user's with the first free number behind it. */
export function accountNameOf(values: WizardValues, accounts: Model['accounts']): string {
  const typed = values.accountName.trim();
  const user = values.accountUser.trim().slice(0, 90);
  if (typed !== '') return typed;
  const taken = new Set([...accounts.values()].map(({ name }) => foldedName(name)));
  for (let number = 1; ; number++) {
    const name = number === 1 ? user : `${user} (${number})`;
    if (!taken.has(foldedName(name))) return name;
  }
}

const orNull = (text: string): string | null => (text === '' ? null : text);

/** What the form sends. The keys' contents are read when it is sent. */
export function accountFormOf({ values }: WizardState, accounts: Model['accounts']): AccountForm {
  const isKey = values.accountKind === 'key';
  return {
    params: {
      name: accountNameOf(values, accounts),
      kind: values.accountKind,
      user: values.accountUser.trim(),
      become: values.accountBecome,
      password: isKey ? null : orNull(values.accountPassword),
      privateKey: null,
      publicKey: null,
      passphrase: isKey ? orNull(values.accountPassphrase) : null,
      becomePassword: values.accountBecome === 'none' ? null : orNull(values.accountBecomePassword),
      agentSocket: null,
    },
    privateKeyPath: isKey ? values.accountPrivateKey.trim() : null,
    publicKeyPath: isKey ? orNull(values.accountPublicKey.trim()) : null,
  };
}

/** The form folded and its secrets gone. */
export const withoutAccountForm = (state: WizardState): WizardState => ({
  ...state,
  isAccountFormOpen: false,
  values: { ...state.values, ...emptyAccountForm },
});

/** B53: which option of the form a refusal is about. */
const fieldOfCode: Partial<Record<FailureCode, string>> = {
  'key.passphraseWrong': 'accountPassphrase',
  'key.passphraseMissing': 'accountPassphrase',
  'key.publicGivenAsPrivate': 'accountPrivateKey',
  'key.unreadable': 'accountPrivateKey',
  'key.unsupported': 'accountPrivateKey',
  'key.pairMismatch': 'accountPublicKey',
  'input.nameTaken': 'accountName',
};
const fieldOfInput: Readonly<Record<string, string>> = {
  name: 'accountName',
  user: 'accountUser',
  password: 'accountPassword',
  privateKey: 'accountPrivateKey',
  publicKey: 'accountPublicKey',
};

export const fieldOfAccountFailure = ({ code, params }: Failure): string =>
  fieldOfCode[code] ?? fieldOfInput[params['field'] ?? ''] ?? 'saveAccount';
