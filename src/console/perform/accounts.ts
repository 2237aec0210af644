import type { Outcome } from '../../domain/failure.ts';
import type { Account, BecomeMethod } from '../../domain/model.ts';
import type { CommandParams } from '../../protocol/commands.ts';
import { ok } from '../../shared/result.ts';
import type { ConsoleContext } from '../consoleContext.ts';
import type { FormField, FormProblem, FormValues } from '../state/formState.ts';
import { words } from '../state/words.ts';
import { confirm, forEach, notify } from './ask.ts';
import { openForm, textOrNull } from './openForm.ts';

const isKey = (values: FormValues): boolean => values['kind'] === 'key';
const isPassword = (values: FormValues): boolean => values['kind'] === 'password';
const becomes = (values: FormValues): boolean => values['become'] !== 'none';

/** B47: a local account, or an SSH certificate. */
const fields: readonly FormField[] = [
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
  { id: 'user', kind: 'text', label: words('console.form.user'), help: words('console.form.user.help') },
  { id: 'password', kind: 'secret', label: words('console.form.password'), isVisible: isPassword },
  {
    id: 'keyPath',
    kind: 'text',
    label: words('console.form.keyPath'),
    help: words('console.form.keyPath.help'),
    isVisible: isKey,
  },
  {
    id: 'publicKeyPath',
    kind: 'text',
    label: words('console.form.publicKeyPath'),
    help: words('console.form.publicKeyPath.help'),
    isVisible: isKey,
  },
  { id: 'passphrase', kind: 'secret', label: words('console.form.passphrase'), isVisible: isKey },
  {
    id: 'agentSocket',
    kind: 'text',
    label: words('console.form.agentSocket'),
    help: words('console.form.agentSocket.help'),
    isVisible: (values) => values['kind'] === 'agent',
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
  },
];

/** A secret may begin or end with a blank: it is sent as typed. */
const secretOrNull = (text: string | undefined): string | null =>
  text === undefined || text === '' ? null : text;

async function keyText(context: ConsoleContext, path: string | undefined): Promise<Outcome<string | null>> {
  const file = textOrNull(path);
  return file === null ? ok(null) : context.readTextFile(file);
}

async function accountParams(
  context: ConsoleContext,
  values: FormValues,
): Promise<{ params: CommandParams<'addAccount'> } | { problem: FormProblem }> {
  const required = (field: string): { problem: FormProblem } => ({
    problem: { field, content: words('console.form.required') },
  });
  const user = textOrNull(values['user']);
  if (user === null) return required('user');
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
      agentSocket: values['kind'] === 'agent' ? textOrNull(values['agentSocket']) : null,
    },
  };
}

export function addAccount(context: ConsoleContext) {
  openForm(context, {
    title: words('console.form.addAccount'),
    fields,
    values: { kind: 'password', become: 'sudo' },
    submitLabel: words('console.button.add'),
    submit: async (values) => {
      if (isKey(values) && textOrNull(values['keyPath']) === null)
        return { field: 'keyPath', content: words('console.form.required') };
      const made = await accountParams(context, values);
      if ('problem' in made) return made.problem;
      const added = await context.send('addAccount', made.params);
      if (!added.ok) return { field: null, content: added.failure };
      notify(context, words('console.notice.accountAdded', { name: added.value.account.name }));
      return null;
    },
  });
}

export function editAccount(context: ConsoleContext, id: string) {
  const account = context.getState().model.collections.accounts.get(id);
  if (account === undefined) return;
  openForm(context, {
    title: words('console.form.editAccount'),
    fields,
    values: {
      name: account.name,
      kind: account.kind,
      user: account.user,
      become: account.become,
      agentSocket: account.agentSocket ?? '',
    },
    info: [words('console.form.secretsKept')],
    submit: async (values) => {
      const made = await accountParams(context, values);
      if ('problem' in made) return made.problem;
      const saved = await context.send('updateAccount', { id, ...made.params });
      return saved.ok ? null : { field: null, content: saved.failure };
    },
  });
}

export function removeAccounts(context: ConsoleContext, ids: readonly string[]) {
  const first = context.getState().model.collections.accounts.get(ids[0]!);
  confirm(context, {
    title: words('console.confirm.removeAccounts'),
    lines: [
      ids.length === 1
        ? words('console.confirm.removeAccount.what', { name: first?.name ?? '' })
        : words('console.confirm.removeAccounts.what', { count: ids.length }),
    ],
    buttons: [
      {
        label: words('console.button.remove'),
        perform: () =>
          void forEach(
            context,
            ids,
            (id) => context.send('removeAccount', { id }),
            (count) => words('console.notice.removed', { count }),
          ),
      },
    ],
  });
}
