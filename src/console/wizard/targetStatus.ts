import type { NoteField, Words } from './field.ts';
import { reviewHostKeys } from './hostKeyReview.ts';
import { type SourcedTargets, targetCount } from './targetChoice.ts';
import { knownTroubles } from './targetTroubles.ts';
import type { WizardContext, WizardState } from './wizardState.ts';

const namesShown = 3;

const part = (key: 'tree' | 'typed' | 'file' | 'added', count: number): readonly Words[] =>
  count === 0 ? [] : [{ key: `wizard.targets.${key}`, params: { count } }];

function totalNote(state: WizardState, targets: SourcedTargets): NoteField {
  const { sources, newDevices } = targets;
  const isGroup = state.start.kind === 'group';
  return {
    kind: 'note',
    id: 'total',
    words: { key: 'wizard.note.targets', params: { count: targetCount(targets) } },
    parts: isGroup
      ? []
      : [
          ...part('tree', sources.tree),
          ...part('typed', sources.typed),
          ...part('file', sources.file),
          ...part('added', newDevices.length),
        ],
    role: 'normal',
  };
}

/** Devices that will be refused or skipped, by name: better now than in the run. */
function troubleNote(
  state: WizardState,
  targets: SourcedTargets,
  context: WizardContext,
): readonly NoteField[] {
  const troubles = knownTroubles(state, context);
  const named = targets.devices.filter(({ id }) => troubles.has(id)).map(({ name }) => name);
  if (named.length === 0) return [];
  const more = named.length - namesShown;
  const params = {
    count: named.length,
    names: named.slice(0, namesShown).join(', ') + (more > 0 ? ' …' : ''),
  };
  return [{ kind: 'note', id: 'troubles', words: { key: 'wizard.note.troubles', params }, role: 'warning' }];
}

/** B100: a device whose key nobody has trusted yet asks for a choice among the accounts. */
function unknownKeysNote(targets: SourcedTargets, { model }: WizardContext): readonly NoteField[] {
  const { withoutTrustedKey: count } = reviewHostKeys(targets, model.hostKeys);
  if (count === 0) return [];
  const words: Words = { key: 'wizard.note.unknownKeysEarly', params: { count } };
  return [{ kind: 'note', id: 'unknownKeysEarly', words, role: 'muted' }];
}

/** The live total, and what is known already to need attention. */
export const targetStatus = (
  state: WizardState,
  targets: SourcedTargets,
  context: WizardContext,
): readonly NoteField[] => [
  ...troubleNote(state, targets, context),
  ...unknownKeysNote(targets, context),
  totalNote(state, targets),
];
