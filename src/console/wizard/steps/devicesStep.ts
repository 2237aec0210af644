import { groupPath } from '../../../domain/groupTree.ts';
import type { AddressList } from '../addressList.ts';
import { devicesBelow, devicesShown, deviceTreeRows, toggleMarks } from '../deviceTree.ts';
import type { Field, ListRow, NoteField, Problem } from '../field.ts';
import { groupRows } from '../groupRows.ts';
import { option } from '../option.ts';
import { addressLists, chosenTargets, targetCount } from '../targetChoice.ts';
import type { WizardContext, WizardState } from '../wizardState.ts';
import type { WizardStep } from '../wizardStep.ts';

/** How many addresses a list names, and what in it could not be read. */
function listNote(id: string, list: AddressList): NoteField {
  const [first] = list.refused;
  const params = { count: list.devices.length };
  if (first === undefined) {
    return { kind: 'note', id, words: { key: 'wizard.note.addresses', params }, role: 'muted', indent: 4 };
  }
  const refused = { ...params, refused: list.refused.length, first: first.text };
  return {
    kind: 'note',
    id,
    words: { key: 'wizard.note.addressesRefused', params: refused },
    role: 'warning',
    indent: 4,
  };
}

function treeFields(state: WizardState, { model }: WizardContext): readonly Field[] {
  const rows: readonly ListRow[] = deviceTreeRows(model, {
    filter: state.values.deviceFilter,
    expanded: state.expanded,
    marked: state.markedDeviceIds,
  });
  return [
    { kind: 'section', id: 'tree', label: { key: 'wizard.devices.tree' } },
    {
      ...option('deviceFilter'),
      kind: 'text',
      value: 'deviceFilter',
      placeholder: { key: 'wizard.deviceFilter.placeholder' },
    },
    {
      ...option('deviceTree'),
      kind: 'list',
      rows,
      height: 30,
      marks: 'boxes',
      empty: { key: 'wizard.reason.noDevices' },
      keys: ['mark', 'markAll', 'expand'],
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
    ...(state.values.typedAddresses.trim() === '' ? [] : [listNote('typedNote', typed)]),
    {
      ...option('addressFile'),
      kind: 'text',
      value: 'addressFile',
      placeholder: { key: 'wizard.addressFile.placeholder' },
    },
    ...(file === null ? [] : [listNote('fileNote', file)]),
  ];
}

function groupFields(groupId: string, { model }: WizardContext): readonly Field[] {
  return [
    { kind: 'section', id: 'group', label: { key: 'wizard.devices.group' } },
    {
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
      rows: groupRows(model, groupId),
      height: 30,
      marks: 'none',
      empty: { key: 'wizard.reason.emptyGroup' },
      keys: [],
    },
  ];
}

function fields(state: WizardState, context: WizardContext): readonly Field[] {
  const targets = chosenTargets(state, context);
  const total: NoteField = {
    kind: 'note',
    id: 'total',
    words: {
      key: 'wizard.note.targets',
      params: { count: targetCount(targets), added: targets.newDevices.length },
    },
    role: 'normal',
  };
  if (state.start.kind === 'group') return [...groupFields(state.start.groupId, context), total];
  return [...treeFields(state, context), total, ...addressFields(state)];
}

function listProblems(field: string, list: AddressList | null): readonly Problem[] {
  const [first] = list?.refused ?? [];
  if (first === undefined) return [];
  return [
    { field, words: { key: 'wizard.problem.address', params: { text: first.text } } },
    { field, words: first.failure },
  ];
}

function validate(state: WizardState, context: WizardContext): readonly Problem[] {
  if (state.start.kind === 'group') {
    const isThere = context.model.groups.has(state.start.groupId);
    return isThere ? [] : [{ field: 'groupDevices', words: { key: 'wizard.problem.groupGone' } }];
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
  title: 'wizard.devices.title',
  isShown: () => true,
  fields,
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
    if (list !== 'deviceTree') return state;
    const { deviceFilter } = state.values;
    if (verb === 'expand' || verb === 'collapse') return expandedWith(state, row, verb === 'expand');
    if (verb !== 'toggle' && verb !== 'markAll') return state;
    const ids =
      verb === 'toggle' ? devicesBelow(model, deviceFilter, row) : devicesShown(model, deviceFilter);
    return { ...state, markedDeviceIds: toggleMarks(state.markedDeviceIds, ids) };
  },
};
