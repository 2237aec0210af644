import type { WizardOrder } from './createWizard.ts';
import { createWizard } from './createWizard.ts';
import { chosenPackage, packageLabel } from './packageChoice.ts';
import { shownSteps } from './registry.ts';
import { focusFirst } from './wizardFocus.ts';
import type { WizardContext, WizardStart, WizardState } from './wizardState.ts';
import { emptyAccountForm, emptyLicenseForm, secretKeys, type WizardValues } from './wizardValues.ts';

/** A wizard that was begun, without any secret and without the forms behind [Add] (B101). */
export interface WizardDraft {
  readonly draft: 1;
  readonly beganAt: string;
  readonly savedAt: string;
  /** What is installed, for people; empty: it was not chosen yet. */
  readonly label: string;
  readonly start: WizardStart;
  readonly step: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly markedDeviceIds: readonly string[];
  readonly accountOrder: readonly string[];
  readonly includedAccountIds: readonly string[];
  /** The file that was looked into. */
  readonly seenPackage: WizardState['seenPackage'];
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isTime = (value: unknown): boolean => isText(value) && !Number.isNaN(Date.parse(value));
const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText);
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
const idOfStart: Readonly<Record<string, string | null>> = {
  package: 'packageId',
  group: 'groupId',
  nothing: null,
};

function isStart(value: unknown): boolean {
  if (!isObject(value) || !isText(value['kind'])) return false;
  const id = idOfStart[value['kind']];
  return id === null || (id !== undefined && isText(value[id]));
}

/** What each part of a draft must look like. The file is the user's own; one that is damaged counts for nothing. */
const shape: Readonly<Record<keyof WizardDraft, (value: unknown) => boolean>> = {
  draft: (value) => value === 1,
  beganAt: isTime,
  savedAt: isTime,
  label: isText,
  start: isStart,
  step: isText,
  values: isObject,
  markedDeviceIds: isTexts,
  accountOrder: isTexts,
  includedAccountIds: isTexts,
  seenPackage: (value) =>
    value === null || (isObject(value) && isText(value['path']) && isObject(value['seen'])),
};

const lifeMs = 24 * 3_600_000;

/** Null: no draft, of another program's version, or older than a day. */
export function parseDraft(text: string, now: string): WizardDraft | null {
  const parsed = jsonOrNull(text);
  if (!isObject(parsed) || !Object.entries(shape).every(([name, isGood]) => isGood(parsed[name])))
    return null;
  const draft = parsed as unknown as WizardDraft;
  return Date.parse(now) - Date.parse(draft.savedAt) < lifeMs ? draft : null;
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const unkept: ReadonlySet<string> = new Set([
  ...Object.keys(emptyAccountForm),
  ...Object.keys(emptyLicenseForm),
  ...secretKeys,
]);

/** True once there is something that would be lost. */
export const isBegun = (first: WizardState, now: WizardState): boolean =>
  now.step !== first.step ||
  now.values !== first.values ||
  now.markedDeviceIds !== first.markedDeviceIds ||
  now.accountOrder !== first.accountOrder ||
  now.includedAccountIds !== first.includedAccountIds;

export function draftOf(
  state: WizardState,
  context: WizardContext,
  times: { readonly beganAt: string; readonly savedAt: string },
): WizardDraft {
  const chosen = chosenPackage(state, context);
  return {
    draft: 1,
    ...times,
    label: chosen === null ? (state.values.packagePath.split('/').at(-1) ?? '') : packageLabel(chosen),
    start: state.start,
    step: state.step,
    values: Object.fromEntries(Object.entries(state.values).filter(([name]) => !unkept.has(name))),
    markedDeviceIds: [...state.markedDeviceIds],
    accountOrder: [...state.accountOrder],
    includedAccountIds: [...state.includedAccountIds],
    seenPackage: state.seenPackage,
  };
}

/** What the draft says of options that this program has, in their types. */
function knownValues(draft: WizardDraft, fresh: WizardValues): Partial<WizardValues> {
  const types = new Map(Object.entries(fresh).map(([name, value]) => [name, typeof value]));
  const isKnown = ([name, value]: readonly [string, unknown]): boolean =>
    !unkept.has(name) && (types.get(name) === typeof value || (name === 'taskName' && value !== false));
  return Object.fromEntries(Object.entries(draft.values).filter(isKnown)) as Partial<WizardValues>;
}

/** The wizard as it was left; devices and accounts that are gone meanwhile are left out. */
export function restoredWizard(
  order: Omit<WizardOrder, 'start' | 'base' | 'markedDeviceIds'>,
  draft: WizardDraft,
  context: WizardContext,
): WizardState {
  const { devices, accounts } = context.model;
  const markedDeviceIds = draft.markedDeviceIds.filter((id) => devices.has(id));
  const fresh = createWizard({ ...order, start: draft.start, markedDeviceIds }, context);
  const values = { ...fresh.values, ...knownValues(draft, fresh.values) };
  const state: WizardState = {
    ...fresh,
    values,
    accountOrder: draft.accountOrder.filter((id) => accounts.has(id)),
    includedAccountIds: new Set(draft.includedAccountIds.filter((id) => accounts.has(id))),
    seenPackage: draft.seenPackage,
    // The list of devices may have changed since: it is read again.
    effect:
      values.addressFile === ''
        ? null
        : { kind: 'lookAtPath', field: 'addressFile', path: values.addressFile },
  };
  const step = shownSteps(state).find(({ id }) => id === draft.step)?.id ?? fresh.step;
  return focusFirst({ ...state, step }, context);
}
