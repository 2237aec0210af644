import type { TaskSettings } from '../../domain/model.ts';
import type { CommandParams } from '../../protocol/commands.ts';
import type { TypedLicense } from '../licenseEntry.ts';
import type { Made, Submitted } from './wizardState.ts';

/** Everything that the last Next sends, settled when it is pressed. */
export interface SubmitPlan {
  readonly package:
    | { readonly kind: 'existing'; readonly packageId: string }
    | { readonly kind: 'file'; readonly params: CommandParams<'addInstallationPackage'> };
  readonly targets:
    | { readonly kind: 'devices'; readonly deviceIds: readonly string[] }
    | { readonly kind: 'group'; readonly groupId: string };
  readonly newDevices: readonly CommandParams<'saveDevices'>['devices'][number][];
  readonly task: Pick<CommandParams<'createTask'>, 'name' | 'settings' | 'language'>;
  /** B36: added to the package before the task is made; null: none. */
  readonly licenseForPackage: string | null;
  readonly isStarted: boolean;
  readonly made: Made;
}

/** What an editor's Save sends: only what differs from the task as it was opened. */
export interface TaskEdit {
  readonly params: CommandParams<'updateTask'>;
  /** Typed devices that join the targets. */
  readonly newDevices: SubmitPlan['newDevices'];
}

/** Paths to the key files, the secrets: exists from the press of [Save] until the command is sent. */
export interface AccountForm {
  readonly params: CommandParams<'addAccount'>;
  readonly privateKeyPath: string | null;
  readonly publicKeyPath: string | null;
}

/** Devices that are contacted, and with which accounts. */
export interface Contact {
  readonly deviceIds: readonly string[];
  /** Typed devices that must be known to the server first. */
  readonly newDevices: readonly CommandParams<'saveDevices'>['devices'][number][];
  readonly accountIds: readonly string[];
  /** B50: accounts that a device has refused before, by device: they are not shown to it again. */
  readonly spent: Readonly<Record<string, readonly string[]>>;
}

interface Check extends Contact {
  readonly wizardId: number;
  /** The number of the check that its answers belong to. */
  readonly check: number;
}

export type CheckEffect =
  | (Check & {
      readonly kind: 'tryAccounts';
      readonly packageId: string | null;
      readonly hostKeyPolicy: TaskSettings['hostKeyPolicy'];
    })
  | (Check & {
      readonly kind: 'planDevices';
      readonly package: SubmitPlan['package'];
      readonly settings: TaskSettings;
    });

/** Work beside which the wizard goes on; all other work is waited for. */
const backgroundKinds = ['lookAtPath', 'tryAccounts', 'planDevices'] as const;
export type BusyKind = Exclude<WizardEffect['kind'], (typeof backgroundKinds)[number]>;
export const busyKindOf = ({ kind }: WizardEffect): BusyKind | null =>
  (backgroundKinds as readonly string[]).includes(kind) ? null : (kind as BusyKind);

/** Work outside the reducer, as data. Its answer comes back as an action. */
export type WizardEffect =
  | { readonly kind: 'lookAtPath'; readonly field: string; readonly path: string }
  | { readonly kind: 'inspectPackage'; readonly path: string }
  | { readonly kind: 'readAddressFile'; readonly path: string }
  | { readonly kind: 'saveAccount'; readonly form: AccountForm }
  | { readonly kind: 'saveLicense'; readonly license: TypedLicense }
  | (Contact & { readonly kind: 'scanHostKeys' })
  | CheckEffect
  | { readonly kind: 'trustHostKeys'; readonly ids: readonly string[] }
  | { readonly kind: 'submit'; readonly plan: SubmitPlan }
  | { readonly kind: 'saveTask'; readonly edit: TaskEdit }
  /** Null: the wizard is left without a task. */
  | { readonly kind: 'close'; readonly submitted: Submitted | null };
