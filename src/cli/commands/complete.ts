import { homedir } from 'node:os';
import { connect } from '../../client/connection.ts';
import { dataFolderOf } from '../../client/dataFolder.ts';
import { commandTable } from '../../commandTable.ts';
import { ok } from '../../shared/result.ts';
import { complete } from '../completion/complete.ts';
import { type NameKind, namesOf } from '../completion/nameKinds.ts';
import { defineCommand, exitStatuses } from '../program/command.ts';

/** What a shell's completion asks (completion/shells.ts); nobody types it. */
export const completeCommand = defineCommand({
  name: 'complete',
  summary: 'cli.completion.summary',
  positionals: [{ name: 'WORD', isOptional: true, isRepeated: true }],
  options: {},
  run: async ({ t }, { words }) => {
    const typed = words.map(unquoted);
    const { candidates, hasFiles } = await complete(typed, commandTable, t, (kind) => names(kind, typed));
    const lines = candidates.map(({ word, text }) => (text === '' ? word : `${word}\t${text}`));
    // To standard output also where the line that is being typed has --json.
    process.stdout.write([...lines, ...(hasFiles ? [':files'] : [])].map((line) => `${line}\n`).join(''));
    return ok(exitStatuses.good);
  },
});

/** A word as the shell will read it: bash gives it as it was typed. */
const unquoted = (word: string): string => word.replace(/^["']/, '').replace(/\\(.)/g, '$1');

/** From the server of the line that is being typed, if it runs: a tab starts none. */
async function names(kind: NameKind, typed: readonly string[]) {
  const at = typed.lastIndexOf('--data');
  const dataFolder = dataFolderOf(at === -1 ? undefined : typed[at + 1], process.env, homedir());
  const connection = await connect({ dataFolder, kind: 'cli', startsServer: false });
  if (!connection.ok) return [];
  const snapshot = await connection.value.call('snapshot', {});
  connection.value.close();
  return snapshot.ok ? namesOf(snapshot.value, kind) : [];
}
