import type { CommandParams } from '../../protocol/commands.ts';
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

/** Work beside which the wizard goes on; all other work is waited for. */
const backgroundKinds = ['lookAtPath'] as const;
export type BusyKind = Exclude<WizardEffect['kind'], (typeof backgroundKinds)[number]>;
export const busyKindOf = ({ kind }: WizardEffect): BusyKind | null =>
  (backgroundKinds as readonly string[]).includes(kind) ? null : (kind as BusyKind);

/** Work outside the reducer, as data. Its answer comes back as an action. */
export type WizardEffect =
  | { readonly kind: 'lookAtPath'; readonly field: string; readonly path: string }
  | { readonly kind: 'inspectPackage'; readonly path: string }
  | { readonly kind: 'readAddressFile'; readonly path: string }
  | { readonly kind: 'saveAccount'; readonly form: AccountForm }
  | {
      readonly kind: 'scanHostKeys' | 'tryAccounts';
      readonly deviceIds: readonly string[];
      /** Typed devices that must be known to the server first. */
      readonly newDevices: readonly CommandParams<'saveDevices'>['devices'][number][];
      readonly accountIds: readonly string[];
      readonly packageId: string | null;
      readonly hostKeyPolicy: 'strict' | 'acceptNew';
    }
  | { readonly kind: 'trustHostKeys'; readonly ids: readonly string[] }
  | { readonly kind: 'submit'; readonly plan: SubmitPlan }
  | { readonly kind: 'saveTask'; readonly edit: TaskEdit }
  /** Null: the wizard is left without a task. */
  | { readonly kind: 'close'; readonly submitted: Submitted | null };
