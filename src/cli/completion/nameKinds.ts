import type { Snapshot } from '../../protocol/answers.ts';
import { sanitiseLine } from '../../shared/sanitise.ts';
import { groupPathOf } from '../lookup.ts';

/** A word that may stand next; `text` tells it to people where the shell shows that. */
export interface Candidate {
  readonly word: string;
  readonly text: string;
}

/** What the placeholders of the usage stand for, from the server's model. */
const candidatesOf = {
  package: ({ packages }) => packages.map(({ name, version }) => ({ word: name, text: version })),
  device: ({ devices }) => devices.map(({ name, address }) => ({ word: name, text: address })),
  group: ({ groups }) => groups.map(({ id }) => ({ word: groupPathOf(groups, id), text: '' })),
  account: ({ accounts }) => accounts.map(({ name, user }) => ({ word: name, text: user })),
  license: ({ licenses }) => licenses.map(({ name, product }) => ({ word: name, text: product })),
  // By number: their names are sentences.
  task: ({ tasks }) => tasks.map(({ number, name }) => ({ word: String(number), text: name })),
  run: ({ runs }) => runs.map(({ number, taskName }) => ({ word: String(number), text: taskName })),
} as const satisfies Record<string, (collections: Snapshot['collections']) => Candidate[]>;
export type NameKind = keyof typeof candidatesOf;

/** Names of one kind, each once; none that would not be itself on a terminal. */
export function namesOf({ collections }: Snapshot, kind: NameKind): Candidate[] {
  const known = new Map<string, Candidate>();
  for (const { word, text } of candidatesOf[kind](collections))
    if (word !== '' && sanitiseLine(word) === word) known.set(word, { word, text: sanitiseLine(text, 80) });
  return [...known.values()];
}

/** Names of options whose value is one of these. */
export const kindOfOption: Readonly<Record<string, NameKind>> = {
  package: 'package',
  device: 'device',
  group: 'group',
  account: 'account',
  license: 'license',
};

/** Positional words of the usage that are one of these. */
export const kindOfPositional: Readonly<Record<string, NameKind>> = {
  PACKAGE: 'package',
  'PACKAGE|FILE': 'package',
  DEVICE: 'device',
  HOST: 'device',
  PATH: 'group',
  ACCOUNT: 'account',
  LICENSE: 'license',
  TASK: 'task',
  RUN: 'run',
};
