import type { Account } from '../../domain/model.ts';
import type { ConsoleContext } from '../consoleContext.ts';
import { fieldsOf, unlessChanged } from '../state/pastChange.ts';
import { type Words, words } from '../state/words.ts';
import { type AccountParams, accountFields, accountParams } from './accountForms.ts';
import { confirm, forEach, notify } from './ask.ts';
import { openForm } from './openForm.ts';
import { runsUnderWay } from './runningNow.ts';
import { cannotBeUndone, remember, rememberFinal } from './undo.ts';
import { splitByUse, tasksOfAccount } from './usedBy.ts';

export function addAccount(context: ConsoleContext) {
  openForm(context, {
    title: words('console.form.addAccount'),
    fields: accountFields(null),
    values: { kind: 'password', become: 'sudo' },
    submitLabel: words('console.button.add'),
    submit: async (values) => {
      const made = await accountParams(context, values);
      if ('problem' in made) return made.problem;
      const added = await context.send('addAccount', made.params);
      if (!added.ok) return { field: null, content: added.failure };
      const { id, name } = added.value.account;
      remember(context, {
        what: words('changes.what.accountAdded', { name }),
        inverse: ({ accounts }) =>
          unlessChanged(accounts.get(id), {}, [{ command: 'removeAccount', params: { id } }]),
      });
      notify(context, words('console.notice.accountAdded', { name }));
      return null;
    },
  });
}

const secretParams = ['password', 'privateKey', 'publicKey', 'passphrase', 'becomePassword'] as const;
const noSecrets = {
  password: null,
  privateKey: null,
  publicKey: null,
  passphrase: null,
  becomePassword: null,
};
const editable = ['name', 'kind', 'user', 'become', 'agentSocket'] as const;

/** Secrets go one way: where one was overwritten or dropped with its kind, the edit cannot be taken back. */
function rememberEdit(context: ConsoleContext, before: Account, after: Account, sent: AccountParams) {
  const what = words('changes.what.accountEdited', { name: before.name });
  const isOverwritten = secretParams.some((name) => sent[name] !== null) || sent.kind !== before.kind;
  if (isOverwritten) return rememberFinal(context, what, words('changes.why.secretReplaced'));
  const { id } = before;
  const params = { id, ...fieldsOf(before, editable), ...noSecrets };
  remember(context, {
    what,
    inverse: ({ accounts }) =>
      unlessChanged(accounts.get(id), fieldsOf(after, editable), [{ command: 'updateAccount', params }]),
  });
}

export function editAccount(context: ConsoleContext, id: string) {
  const model = context.getState().model.collections;
  const before = model.accounts.get(id);
  if (before === undefined) return;
  const tasks = tasksOfAccount(model, id);
  const running = runsUnderWay(model, tasks).length;
  openForm(context, {
    title: words('console.form.editAccount'),
    fields: accountFields(before),
    values: {
      name: before.name,
      kind: before.kind,
      user: before.user,
      become: before.become,
      agentSocket: before.agentSocket ?? '',
    },
    info: [
      ...(tasks.length > 0 ? [words('changes.form.usedByTasks', { count: tasks.length })] : []),
      words('console.form.secretsKept'),
    ],
    warnings: running > 0 ? [words('changes.running.account', { count: running })] : [],
    submit: async (values) => {
      const made = await accountParams(context, values);
      if ('problem' in made) return made.problem;
      const saved = await context.send('updateAccount', { id, ...made.params });
      if (!saved.ok) return { field: null, content: saved.failure };
      const { account } = saved.value;
      rememberEdit(context, before, account, made.params);
      notify(context, words('changes.saved', { name: account.name }));
      return null;
    },
  });
}

export function removeAccounts(context: ConsoleContext, ids: readonly string[]) {
  const model = context.getState().model.collections;
  const nameOf = (id: string) => model.accounts.get(id)?.name ?? '';
  const { free, lines } = splitByUse(model, ids, nameOf, tasksOfAccount);
  const isFree = new Set(free);
  const remembering = [...model.devices.values()].filter(({ lastAccountId }) =>
    isFree.has(lastAccountId ?? ''),
  );
  const why = words('changes.why.secretsDeleted');
  const remove = async () => {
    const removed = await forEach(
      context,
      free,
      (id) => context.send('removeAccount', { id }),
      (count) => words('console.notice.removed', { count }),
    );
    if (removed.length === 0) return;
    const params = { count: removed.length, name: nameOf(removed[0]!) };
    rememberFinal(context, words('changes.what.accountsRemoved', params), why);
  };
  const whatWillHappen: readonly Words[] =
    free.length === 0
      ? []
      : [
          free.length === 1
            ? words('console.confirm.removeAccount.what', { name: nameOf(free[0]!) })
            : words('console.confirm.removeAccounts.what', { count: free.length }),
          ...(remembering.length > 0
            ? [words('changes.confirm.rememberedBy', { count: remembering.length })]
            : []),
          cannotBeUndone(why),
        ];
  confirm(context, {
    title: words('console.confirm.removeAccounts'),
    lines: [...lines, ...whatWillHappen],
    ...(free.length === 0 ? { decline: words('changes.button.close') } : {}),
    buttons:
      free.length === 0 ? [] : [{ label: words('console.button.remove'), perform: () => void remove() }],
  });
}
