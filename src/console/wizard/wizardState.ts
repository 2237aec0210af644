import type { Failure, Outcome } from '../../domain/failure.ts';
import type { HostKey, Model, RemoteInstallationTask } from '../../domain/model.ts';
import type { Language } from '../../i18n/registry.ts';
import type {
  AccountSaved,
  Capabilities,
  DistributionPackageSeen,
  LicenseSaved,
  PlanRow,
  ReadinessRow,
} from '../../protocol/answers.ts';
import type { KeyEvent } from '../keys/chord.ts';
import type { PathSeen } from '../state/pathSeen.ts';
import type { AddressList } from './addressList.ts';
import type { DeviceCheck, SpentAccounts } from './deviceChecks.ts';
import type { Problem } from './field.ts';
import type { BusyKind, CheckEffect, WizardEffect } from './wizardEffect.ts';
import type { WizardValues } from './wizardValues.ts';

/** What the wizard was started from: B9 (a package), B61 (a group), or neither. */
export type WizardStart =
  | { readonly kind: 'package'; readonly packageId: string }
  | { readonly kind: 'group'; readonly groupId: string }
  | { readonly kind: 'nothing' };

/** A task that is there: it is edited, or a copy of it is made. */
export interface WizardBase {
  readonly use: 'edit' | 'copy';
  /** As it was when the wizard was opened. */
  readonly task: RemoteInstallationTask;
}

/** What the wizard reads of the world; it changes under the wizard while events come in. */
export interface WizardContext {
  readonly model: Model;
  readonly capabilities: Capabilities;
}

export type StepId = 'package' | 'devices' | 'settings' | 'license' | 'restart' | 'accounts' | 'start';

/** The buttons below every window. */
export const footerButtons = ['back', 'next', 'save', 'cancel'] as const;
export type FooterButton = (typeof footerButtons)[number];

/** What the last Next has made so far: pressing it again makes none of it twice. */
export interface Made {
  /** Tasks that stood in the model at the first press; a later one of our name is ours. Null: not pressed yet. */
  readonly tasksBefore: readonly string[] | null;
  readonly taskId: string | null;
  /** What the task was made from; when that has changed, the task is made anew. */
  readonly taskSpecification: string | null;
  /** True once the command to create it was sent: its answer may have been lost. */
  readonly isTaskSent: boolean;
  /** True once the command to start it was sent: a run that stands in the model then is ours. */
  readonly isStartSent: boolean;
}

export const submitPhases = ['package', 'devices', 'task', 'run'] as const;
export type SubmitPhase = (typeof submitPhases)[number];

/** The wizard: everything that it knows, free of words, ink and react. */
export interface WizardState {
  /** Tells this wizard's answers from those of one that was left. */
  readonly id: number;
  readonly language: Language;
  readonly start: WizardStart;
  /** Null: a new task is made. */
  readonly base: WizardBase | null;
  readonly step: StepId;
  /** The window that a jump came from: Next leads back to it. Null: windows follow one another. */
  readonly cameFrom: StepId | null;
  /** Id of a field of the window, or a footer button. */
  readonly focus: string;
  /** In the focused text, an offset in UTF-16 units. */
  readonly caret: number;
  /** The focused secret is shown in clear. */
  readonly isRevealed: boolean;
  readonly values: WizardValues;

  readonly markedDeviceIds: ReadonlySet<string>;
  readonly expanded: ReadonlySet<string>;
  /** The row under the cursor, by list. */
  readonly cursors: Readonly<Record<string, string>>;
  readonly addressFile: { readonly path: string; readonly list: AddressList } | null;
  /** What stands where the typed paths point to, by option. */
  readonly pathsSeen: Readonly<Record<string, PathSeen>>;
  readonly seenPackage: { readonly path: string; readonly seen: DistributionPackageSeen } | null;

  /** B41: the settings behind [Modify] are unfolded. */
  readonly isModifyingPrompt: boolean;

  /** B50: all accounts in the order of trying; those that are included. */
  readonly accountOrder: readonly string[];
  readonly includedAccountIds: ReadonlySet<string>;
  /** B47: the form behind [Add]. */
  readonly isAccountFormOpen: boolean;
  /** B36: the form of a license that is added on the spot. */
  readonly isLicenseFormOpen: boolean;
  /** The devices that the accounts are tried on, by place; null: a few of different kinds. */
  readonly trialDevices: ReadonlySet<string> | null;
  readonly isChoosingTrialDevices: boolean;
  readonly trial: DeviceCheck | null;
  readonly spentAccounts: SpentAccounts;
  /** B91. */
  readonly plan: DeviceCheck<PlanRow> | null;
  readonly scannedKeys: readonly HostKey[] | null;

  readonly help: { readonly isAllShown: boolean; readonly open: ReadonlySet<string> };
  /** Why Next was refused; gone for a field once it is changed. */
  readonly problems: readonly Problem[];
  /** The work that is under way. */
  readonly busy: BusyKind | null;
  /** Esc asks: the answer that has the focus, or null while nothing is asked. */
  readonly leaving: 'stay' | 'leave' | null;
  /** Work that was asked for and not taken up yet. */
  readonly effect: WizardEffect | null;
  readonly submission: {
    readonly phase: SubmitPhase | null;
    readonly failure: Failure | null;
    readonly made: Made;
  };
}

/** A state and the work that it asks for. */
export type Transition = readonly [state: WizardState, effect: WizardEffect | null];

/** What the last Next has led to. */
export interface Submitted {
  readonly taskId: string;
  readonly taskName: string;
  /** Null: created, not started (B57). */
  readonly runId: string | null;
}

/** What happens to the wizard: keys, and the answers to its effects. Answers name the wizard that asked. */
export type WizardAction =
  | { readonly type: 'open'; readonly wizard: WizardState }
  | { readonly type: 'key'; readonly event: KeyEvent }
  /** The effect that was asked for is being worked on. */
  | { readonly type: 'effectTaken' }
  | { readonly type: 'closed' }
  | WizardAnswer;

export type WizardAnswer = { readonly wizardId: number } & (
  | {
      readonly type: 'packageInspected';
      readonly path: string;
      readonly outcome: Outcome<DistributionPackageSeen>;
    }
  | {
      readonly type: 'pathSeen';
      readonly field: string;
      readonly seen: PathSeen;
      /** The addresses of the file that it is, where the option wants them. */
      readonly list: AddressList | null;
    }
  | { readonly type: 'addressFileRead'; readonly path: string; readonly outcome: Outcome<AddressList> }
  | {
      readonly type: 'accountSaved';
      readonly outcome: Outcome<AccountSaved>;
      /** The option whose file could not be read; null: the server has answered. */
      readonly unreadable: 'accountPrivateKey' | 'accountPublicKey' | null;
    }
  | {
      readonly type: 'licenseSaved';
      readonly outcome: Outcome<LicenseSaved>;
      /** True: the key's file was refused, not the license. */
      readonly isFileRefused: boolean;
    }
  | { readonly type: 'hostKeysScanned'; readonly outcome: Outcome<readonly HostKey[]> }
  | { readonly type: 'hostKeysTrusted'; readonly outcome: Outcome<unknown> }
  | {
      readonly type: 'devicesChecked';
      readonly kind: CheckEffect['kind'];
      readonly check: number;
      readonly rows: readonly ReadinessRow[];
      /** The accounts that were offered to these devices. */
      readonly tried: readonly string[];
    }
  | {
      readonly type: 'checkEnded';
      readonly kind: CheckEffect['kind'];
      readonly check: number;
      readonly outcome: Outcome<unknown>;
    }
  | { readonly type: 'submitReached'; readonly phase: SubmitPhase }
  | { readonly type: 'submitMade'; readonly made: Partial<Made> }
  | { readonly type: 'taskSaved'; readonly outcome: Outcome<unknown> }
  | {
      readonly type: 'submitted';
      readonly outcome: Outcome<Submitted>;
    }
);

/** True where the wizard is the editor of a task. */
export const isEditing = ({ base }: Pick<WizardState, 'base'>): boolean => base?.use === 'edit';
/** The last Next, or Save, is under way: what it sends is settled. */
export const isSending = ({ busy }: Pick<WizardState, 'busy'>): boolean =>
  busy === 'submit' || busy === 'saveTask';
