import { groupPath } from '../../../domain/groupTree.ts';
import type { Model } from '../../../domain/model.ts';
import { cutCells } from '../../../shared/cellWidth.ts';
import { compareNames } from '../../../shared/nameOrder.ts';
import type { AddressList } from '../addressList.ts';
import { devicesBelow, devicesShown, deviceTreeRows, toggleMarks } from '../deviceTree.ts';
import type { Field, ListRow, NoteField, Problem, Words } from '../field.ts';
import { groupRows } from '../groupRows.ts';
import { option } from '../option.ts';
import { devicesSummary } from '../summary.ts';
import { addressLists, chosenTargets, targetCount } from '../targetChoice.ts';
import { targetStatus } from '../targetStatus.ts';
import { knownTroubles } from '../targetTroubles.ts';
import type { WizardContext, WizardState } from '../wizardState.ts';
import type { WizardStep } from '../wizardStep.ts';

const linesShown = 2;
const widestExcerpt = 32;

/** How many addresses a list names, and the lines of it that could not be read, each with its reason. */
function listNotes(id: string, list: AddressList): readonly NoteField[] {
  const count = list.devices.length;
  const isGood = list.refused.length === 0;
  const refused = list.refused.slice(0, linesShown).flatMap((line): readonly NoteField[] => [
    {
      kind: 'note',
      id: `${id}.${line.line}`,
      words: {
        key: id === 'fileNote' ? 'wizard.note.refusedLine' : 'wizard.note.refusedWord',
        params: { line: line.line, text: cutCells(line.text, widestExcerpt) },
      },
      reason: line.failure,
      role: 'warning',
      indent: 4,
    },
  ]);
  const words: Words = isGood
    ? { key: 'wizard.note.addresses', params: { count } }
    : { key: 'wizard.note.addressesRefused', params: { count, refused: list.refused.length } };
  return [{ kind: 'note', id, words, role: isGood ? 'muted' : 'warning', indent: 4 }, ...refused];
}

function treeFields(state: WizardState, context: WizardContext): readonly Field[] {
  const { model } = context;
  const rows: readonly ListRow[] = deviceTreeRows(model, {
    filter: state.values.deviceFilter,
    expanded: state.expanded,
    marked: state.markedDeviceIds,
    troubles: knownTroubles(state, context),
  });
  return [
    { kind: 'section', id: 'tree', label: { key: 'wizard.devices.tree' } },
    {
      ...option('deviceTree'),
      kind: 'list',
      rows,
      height: 30,
      marks: 'boxes',
      empty: { key: 'wizard.reason.noDevices' },
      keys: ['mark', 'markAll', 'expand'],
      search: 'deviceFilter',
    },
  ];
}

function addressFields(state: WizardState): readonly Field[] {
  const { typed, file } = addressLists(state);
  return [
    { kind: 'section', id: 'addresses', label: { key: 'wizard.devices.addresses' } },
    {
      ...option('typedAddresses'),
      kind: 'text',
      value: 'typedAddresses',
      placeholder: { key: 'wizard.typedAddresses.placeholder' },
      joinsLines: true,
    },
    ...(state.values.typedAddresses.trim() === '' ? [] : listNotes('typedNote', typed)),
    {
      ...option('addressFile'),
      kind: 'text',
      value: 'addressFile',
      isPath: true,
      placeholder: { key: 'wizard.addressFile.placeholder' },
    },
    ...(file === null ? [] : listNotes('fileNote', file)),
  ];
}

/** Every group by its path: a task that is there can be given another one. */
function groupChoices({ groups }: Model, groupId: string, search: string): readonly ListRow[] {
  const wanted = search.trim().toLowerCase();
  return [...groups.keys()]
    .map((id): ListRow => ({ id, text: groupPath(groups, id), mark: id === groupId ? 'on' : 'off' }))
    .filter(({ text }) => text.toLowerCase().includes(wanted))
    .sort((a, b) => compareNames(a.text, b.text));
}

function groupFields(groupId: string, state: WizardState, context: WizardContext): readonly Field[] {
  const { model } = context;
  const search = state.values.groupDeviceSearch;
  return [
    { kind: 'section', id: 'group', label: { key: 'wizard.devices.group' } },
    state.base !== null
      ? {
          ...option('targetGroup'),
          kind: 'list',
          rows: groupChoices(model, groupId, state.values.targetGroupSearch),
          height: 8,
          marks: 'circles',
          empty: { key: 'wizard.problem.groupGone' },
          keys: ['mark'],
          search: 'targetGroupSearch',
        }
      : {
          kind: 'fact',
          id: 'groupName',
          label: { key: 'wizard.fact.group' },
          values: [groupPath(model.groups, groupId)],
        },
    {
      kind: 'note',
      id: 'groupNote',
      words: { key: 'wizard.note.group' },
      role: 'muted',
    },
    {
      ...option('groupDevices'),
      kind: 'list',
      rows: groupRows(model, groupId, search, knownTroubles(state, context)),
      height: 30,
      marks: 'none',
      empty: { key: 'wizard.reason.emptyGroup' },
      keys: [],
      search: 'groupDeviceSearch',
    },
  ];
}

function fields(state: WizardState, context: WizardContext): readonly Field[] {
  if (state.start.kind === 'group') return groupFields(state.start.groupId, state, context);
  return [...treeFields(state, context), ...addressFields(state)];
}

/** Why an address is refused stands below its field already, for each. */
function listProblems(field: string, list: AddressList | null): readonly Problem[] {
  const [first] = list?.refused ?? [];
  if (first === undefined) return [];
  return [{ field, words: { key: 'wizard.problem.address', params: { text: first.text } } }];
}

function validate(state: WizardState, context: WizardContext): readonly Problem[] {
  if (state.start.kind === 'group') {
    const isThere = context.model.groups.has(state.start.groupId);
    return isThere
      ? []
      : [
          {
            field: state.base === null ? 'groupDevices' : 'targetGroup',
            words: { key: 'wizard.problem.groupGone' },
          },
        ];
  }
  const { typed, file } = addressLists(state);
  const problems = [...listProblems('typedAddresses', typed), ...listProblems('addressFile', file)];
  const isFileWaiting = state.values.addressFile.trim() !== '' && file === null;
  if (problems.length > 0 || isFileWaiting || targetCount(chosenTargets(state, context)) > 0) return problems;
  return [
    {
      field: 'deviceTree',
      also: ['typedAddresses', 'addressFile'],
      words: { key: 'wizard.problem.noDevice' },
    },
  ];
}

function expandedWith(state: WizardState, row: string, isExpanded: boolean): WizardState {
  const one = new Set([row]);
  return {
    ...state,
    expanded: isExpanded ? state.expanded.union(one) : state.expanded.difference(one),
  };
}

/** Window 1: Selecting devices for installation (B10, B61). */
export const devicesStep: WizardStep = {
  id: 'devices',
  summary: devicesSummary,
  title: 'wizard.devices.title',
  isShown: () => true,
  fields,
  status: (state, context) => targetStatus(state, chosenTargets(state, context), context),
  firstFocus(state, { model }) {
    if (state.start.kind === 'group') return 'groupDevices';
    return model.devices.size > 0 ? 'deviceTree' : 'typedAddresses';
  },
  validate,
  beforeNext(state) {
    const path = state.values.addressFile;
    const isRead = path.trim() === '' || addressLists(state).file !== null || state.start.kind === 'group';
    return isRead ? null : { kind: 'readAddressFile', path };
  },
  row(state, { model }, list, row, verb) {
    if (list === 'targetGroup' && verb === 'toggle')
      return { ...state, start: { kind: 'group', groupId: row } };
    if (list !== 'deviceTree') return state;
    const { deviceFilter } = state.values;
    if (verb === 'expand' || verb === 'collapse') return expandedWith(state, row, verb === 'expand');
    if (verb !== 'toggle' && verb !== 'markAll') return state;
    const ids =
      verb === 'toggle' ? devicesBelow(model, deviceFilter, row) : devicesShown(model, deviceFilter);
    return { ...state, markedDeviceIds: toggleMarks(state.markedDeviceIds, ids) };
  },
};
