import type { Outcome } from '../../domain/failure.ts';
import type { Account, BecomeMethod } from '../../domain/model.ts';
import type { CommandParams } from '../../protocol/commands.ts';
import { ok } from '../../shared/result.ts';
import type { ConsoleContext } from '../consoleContext.ts';
import type { FormField, FormProblem, FormValues } from '../state/formState.ts';
import { type Words, words } from '../state/words.ts';
import { textOrNull } from './openForm.ts';

const isKey = (values: FormValues): boolean => values['kind'] === 'key';
const isPassword = (values: FormValues): boolean => values['kind'] === 'password';
const isAgent = (values: FormValues): boolean => values['kind'] === 'agent';
const becomes = (values: FormValues): boolean => values['become'] !== 'none';

const absolutePath = (text: string): Words | null =>
  text.trim().startsWith('/') ? null : words('failures.expected.absolutePath');

/** A secret that is stored may be left empty; `before` null: nothing is stored yet. */
function secrets(before: Account | null) {
  const stored = words('changes.form.stored');
  const kept = (has: boolean | undefined) => (has === true ? { placeholder: stored } : {});
  const isOfKind = (kind: Account['kind']): boolean => before?.kind === kind;
  return {
    password: kept(isOfKind('password') && before?.hasPassword),
    key: kept(isOfKind('key')),
    passphrase: kept(isOfKind('key') && before?.hasPassphrase),
    becomePassword: kept(before?.hasBecomePassword),
  };
}

/** B47: a local account, or an SSH certificate. */
export function accountFields(before: Account | null): readonly FormField[] {
  const stored = secrets(before);
  return [
    {
      id: 'name',
      kind: 'text',
      label: words('console.form.name'),
      help: words('console.form.accountName.help'),
    },
    {
      id: 'kind',
      kind: 'choice',
      label: words('console.form.kind'),
      choices: [
        { id: 'password', label: words('console.account.password') },
        { id: 'key', label: words('console.account.key') },
        { id: 'agent', label: words('console.account.agent') },
      ],
    },
    {
      id: 'user',
      kind: 'text',
      label: words('console.form.user'),
      help: words('console.form.user.help'),
      isRequired: true,
    },
    {
      id: 'password',
      kind: 'secret',
      label: words('console.form.password'),
      help: words('changes.form.password.help'),
      isVisible: isPassword,
      isRequired: !('placeholder' in stored.password),
      ...stored.password,
    },
    {
      id: 'keyPath',
      kind: 'text',
      label: words('console.form.keyPath'),
      help: words('console.form.keyPath.help'),
      isPath: true,
      isVisible: isKey,
      isRequired: !('placeholder' in stored.key),
      ...stored.key,
    },
    {
      id: 'publicKeyPath',
      kind: 'text',
      label: words('console.form.publicKeyPath'),
      help: words('console.form.publicKeyPath.help'),
      isPath: true,
      isVisible: isKey,
    },
    {
      id: 'passphrase',
      kind: 'secret',
      label: words('console.form.passphrase'),
      help: words('changes.form.passphrase.help'),
      isVisible: isKey,
      ...stored.passphrase,
    },
    {
      id: 'agentSocket',
      kind: 'text',
      label: words('console.form.agentSocket'),
      help: words('console.form.agentSocket.help'),
      isVisible: isAgent,
      isRequired: true,
      check: absolutePath,
    },
    {
      id: 'become',
      kind: 'choice',
      label: words('console.form.become'),
      help: words('console.form.become.help'),
      choices: [
        { id: 'sudo', label: { plain: 'sudo' } },
        { id: 'doas', label: { plain: 'doas' } },
        { id: 'su', label: { plain: 'su' } },
        { id: 'none', label: words('console.form.become.none') },
      ],
    },
    {
      id: 'becomePassword',
      kind: 'secret',
      label: words('console.form.becomePassword'),
      help: words('console.form.becomePassword.help'),
      isVisible: becomes,
      ...stored.becomePassword,
    },
  ];
}

/** A secret may begin or end with a blank: it is sent as typed. */
const secretOrNull = (text: string | undefined): string | null =>
  text === undefined || text === '' ? null : text;

async function keyText(context: ConsoleContext, path: string | undefined): Promise<Outcome<string | null>> {
  const file = textOrNull(path);
  return file === null ? ok(null) : context.readTextFile(file);
}

export type AccountParams = CommandParams<'addAccount'>;

/** What is sent; the keys' files are read only now. */
export async function accountParams(
  context: ConsoleContext,
  values: FormValues,
): Promise<{ params: AccountParams } | { problem: FormProblem }> {
  const user = textOrNull(values['user']) ?? '';
  const privateKey = await keyText(context, isKey(values) ? values['keyPath'] : undefined);
  if (!privateKey.ok) return { problem: { field: 'keyPath', content: privateKey.failure } };
  const publicKey = await keyText(context, isKey(values) ? values['publicKeyPath'] : undefined);
  if (!publicKey.ok) return { problem: { field: 'publicKeyPath', content: publicKey.failure } };
  return {
    params: {
      name: textOrNull(values['name']) ?? user,
      kind: values['kind'] as Account['kind'],
      user,
      become: values['become'] as BecomeMethod,
      password: isPassword(values) ? secretOrNull(values['password']) : null,
      privateKey: privateKey.value,
      publicKey: publicKey.value,
      passphrase: isKey(values) ? secretOrNull(values['passphrase']) : null,
      becomePassword: becomes(values) ? secretOrNull(values['becomePassword']) : null,
      agentSocket: isAgent(values) ? textOrNull(values['agentSocket']) : null,
    },
  };
}
