import type { Connection } from '../../client/connection.ts';
import type { Outcome } from '../../domain/failure.ts';
import type { BecomeMethod } from '../../domain/model.ts';
import type { AccountSaved } from '../../protocol/answers.ts';
import type { CommandParams } from '../../protocol/commands.ts';
import { ok } from '../../shared/result.ts';
import { sanitiseLine } from '../../shared/sanitise.ts';
import { askSecret, canAsk, confirm } from '../ask.ts';
import { findAccount, findAll } from '../lookup.ts';
import { missing } from '../missing.ts';
import { onServer } from '../onServer.ts';
import { type Command, defineCommand, exitStatuses } from '../program/command.ts';
import type { CommandContext } from '../program/context.ts';
import { readFileBytes } from '../readFileBytes.ts';
import { readSecrets } from '../secrets.ts';
import { printTable } from '../table.ts';
import { yesOption } from '../yesOption.ts';

const largestKeyBytes = 64 * 1024;

/** What `add` and `set` share. */
const accountOptions = {
  user: { type: 'string', value: 'U', summary: 'cli.account.option.user' },
  'password-stdin': { type: 'boolean', summary: 'cli.account.option.passwordStdin' },
  key: { type: 'string', value: 'FILE', summary: 'cli.account.option.key' },
  'public-key': { type: 'string', value: 'FILE', summary: 'cli.account.option.publicKey' },
  'passphrase-stdin': { type: 'boolean', summary: 'cli.account.option.passphraseStdin' },
  become: {
    type: 'string',
    value: 'HOW',
    choices: ['sudo', 'doas', 'su', 'none'],
    summary: 'cli.account.option.become',
  },
  'become-password-stdin': { type: 'boolean', summary: 'cli.account.option.becomePasswordStdin' },
} as const;

const add = defineCommand({
  name: 'add',
  summary: 'cli.account.add.summary',
  positionals: [{ name: 'NAME' }],
  options: { ...accountOptions, agent: { type: 'boolean', summary: 'cli.account.option.agent' } },
  examples: [
    'haifu account add deploy --user deploy --key ~/.ssh/id_ed25519 --become sudo',
    'haifu account add admin --user admin --password-stdin --become-password-stdin < secrets',
  ],
  run: async (context, { words, values }) => {
    const user = values.user;
    if (user === undefined) return missing('user');
    const kind = values.agent ? 'agent' : values.key === undefined ? 'password' : 'key';
    if (kind === 'agent' && !process.env.SSH_AUTH_SOCK) return missing('agent');
    const become = (values.become ?? (user === 'root' ? 'none' : 'sudo')) as BecomeMethod;
    if (kind === 'password' && !values['password-stdin'] && !canAsk()) return missing('secret');
    const privateKey = await keyFile(values.key);
    if (!privateKey.ok) return privateKey;
    const publicKey = await keyFile(values['public-key']);
    if (!publicKey.ok) return publicKey;
    const { t } = context;
    const secrets = await readSecrets([
      {
        name: 'password',
        isFromInput: values['password-stdin'],
        isAsked: kind === 'password',
        prompt: t('cli.ask.password', { user: sanitiseLine(user) }),
      },
      { name: 'passphrase', isFromInput: values['passphrase-stdin'], isAsked: false, prompt: '' },
      {
        name: 'becomePassword',
        isFromInput: values['become-password-stdin'],
        isAsked: become !== 'none',
        prompt: t('cli.ask.becomePassword', { method: become }),
      },
    ]);
    if (!secrets.ok) return secrets;
    const account = {
      name: words[0]!,
      kind,
      user,
      become,
      password: secrets.value.password ?? null,
      privateKey: privateKey.value,
      publicKey: publicKey.value,
      passphrase: secrets.value.passphrase ?? null,
      becomePassword: secrets.value.becomePassword ?? null,
      agentSocket: kind === 'agent' ? (process.env.SSH_AUTH_SOCK ?? null) : null,
    } as const;
    return onServer(context, async (server) => {
      const saved = await save(context, server, account);
      if (!saved.ok) return saved;
      context.output.json({ account: saved.value.account });
      context.output.line(t('cli.added', { name: sanitiseLine(saved.value.account.name) }));
      return ok(exitStatuses.good);
    });
  },
});

const set = defineCommand({
  name: 'set',
  summary: 'cli.account.set.summary',
  positionals: [{ name: 'ACCOUNT' }],
  options: { name: { type: 'string', value: 'N', summary: 'cli.account.option.name' }, ...accountOptions },
  examples: ['haifu account set admin --become-password-stdin < secret'],
  run: async (context, { words, values }) => {
    const privateKey = await keyFile(values.key);
    if (!privateKey.ok) return privateKey;
    const publicKey = await keyFile(values['public-key']);
    if (!publicKey.ok) return publicKey;
    const given = (name: string, isFromInput: boolean) =>
      ({ name, isFromInput, isAsked: false, prompt: '' }) as const;
    const secrets = await readSecrets([
      given('password', values['password-stdin']),
      given('passphrase', values['passphrase-stdin']),
      given('becomePassword', values['become-password-stdin']),
    ]);
    if (!secrets.ok) return secrets;
    return onServer(context, async (server) => {
      const found = findAccount(server.snapshot, words[0]!);
      if (!found.ok) return found;
      const { id, name, kind, user, become, agentSocket } = found.value;
      const saved = await server.call('updateAccount', {
        id,
        name: values.name ?? name,
        kind: values.key === undefined ? kind : 'key',
        user: values.user ?? user,
        become: (values.become ?? become) as BecomeMethod,
        password: secrets.value['password'] ?? null,
        privateKey: privateKey.value,
        publicKey: publicKey.value,
        passphrase: secrets.value['passphrase'] ?? null,
        becomePassword: secrets.value['becomePassword'] ?? null,
        agentSocket,
      });
      if (!saved.ok) return saved;
      context.output.json({ account: saved.value.account });
      context.output.line(context.t('cli.changed', { name: sanitiseLine(saved.value.account.name) }));
      return ok(exitStatuses.good);
    });
  },
});

/** Only the server can tell that a key is protected: then the passphrase is asked for, once. */
async function save(
  context: CommandContext,
  server: Connection,
  account: CommandParams<'addAccount'>,
): Promise<Outcome<AccountSaved>> {
  const saved = await server.call('addAccount', account);
  if (saved.ok || saved.failure.code !== 'key.passphraseMissing' || !canAsk()) return saved;
  const passphrase = await askSecret(context.t('cli.ask.passphrase'));
  return server.call('addAccount', { ...account, passphrase });
}

async function keyFile(path: string | undefined): Promise<Outcome<string | null>> {
  if (path === undefined) return ok(null);
  const bytes = await readFileBytes(path, largestKeyBytes);
  return bytes.ok ? ok(bytes.value.toString('utf8')) : bytes;
}

const list = defineCommand({
  name: 'list',
  summary: 'cli.account.list.summary',
  positionals: [],
  options: {},
  run: (context) =>
    onServer(context, async ({ snapshot }) => {
      const { t, output } = context;
      const { accounts } = snapshot.collections;
      type Row = (typeof accounts)[number];
      output.json({ accounts });
      const columns = [
        { title: t('cli.column.name'), text: (row: Row) => row.name },
        { title: t('cli.column.user'), text: (row: Row) => row.user },
        { title: t('cli.column.kind'), text: (row: Row) => t(`cli.accountKind.${row.kind}`) },
        { title: t('cli.column.become'), text: (row: Row) => row.become },
        { title: t('cli.column.fingerprint'), isWhole: true, text: (row: Row) => row.keyFingerprint ?? '-' },
      ];
      printTable(context, columns, accounts, 'account add NAME --user USER');
      return ok(exitStatuses.good);
    }),
});

const remove = defineCommand({
  name: 'remove',
  summary: 'cli.account.remove.summary',
  positionals: [{ name: 'ACCOUNT', isRepeated: true }],
  options: yesOption,
  run: (context, { words, values }) =>
    onServer(context, async (server) => {
      const found = findAll(words, (word) => findAccount(server.snapshot, word));
      if (!found.ok) return found;
      const names = found.value.map(({ name }) => sanitiseLine(name, 100)).join(', ');
      const sure = await confirm(context, context.t('cli.ask.remove', { names }), values.yes);
      if (!sure.ok) return sure;
      for (const { id } of found.value) {
        const answer = await server.call('removeAccount', { id });
        if (!answer.ok) return answer;
      }
      context.output.json({ removed: found.value.map(({ id }) => id) });
      context.output.line(context.t('cli.removed', { names }));
      return ok(exitStatuses.good);
    }),
});

export const accountCommands: readonly Command[] = [add, list, set, remove];
