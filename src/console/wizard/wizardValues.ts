import type { BecomeMethod, TaskSettings } from '../../domain/model.ts';
import type { Share } from '../../domain/share.ts';

/** Everything that the wizard's options hold, as typed: numbers stay text until they are checked. */
export interface WizardValues {
  packageSource: 'existing' | 'file';
  packageId: string;
  packageSearch: string;
  packagePath: string;
  packageCommand: string;
  packageParameters: string;

  deviceFilter: string;
  groupDeviceSearch: string;
  targetGroupSearch: string;
  typedAddresses: string;
  addressFile: string;

  networkAgent: boolean;
  sharedFoldersServer: boolean;
  sharedFoldersDistributionPoints: boolean;
  attemptsLimit: string;
  foreignDevices: TaskSettings['foreignDevices'];
  skipIfInstalled: boolean;
  verifyPlatform: boolean;
  concurrency: string;
  bandwidth: string;
  waveSize: string;
  stopAfterFailures: string;
  stopAfterUnreachable: string;

  license: 'none' | 'select';
  /** Empty: none is chosen. */
  licenseId: string;
  licenseSearch: string;
  licenseDelivery: 'withTask' | 'inPackage';
  licenseName: string;
  licenseProduct: string;
  licenseKeyFrom: 'typed' | 'file';
  licenseKey: string;
  licenseKeyFile: string;
  licenseSeats: string;
  licenseExpires: string;

  restartKind: TaskSettings['restart']['kind'];
  restartMessage: string;
  restartRepeat: string;
  restartAutomatic: string;
  forceClose: boolean;

  accountMode: 'none' | 'required';
  accountSearch: string;
  trialSearch: string;
  accountKind: 'password' | 'key';
  accountUser: string;
  accountName: string;
  accountPassword: string;
  accountPrivateKey: string;
  accountPublicKey: string;
  accountPassphrase: string;
  accountBecome: BecomeMethod;
  accountBecomePassword: string;
  /** Empty: not chosen yet (B100). */
  hostKeyPolicy: TaskSettings['hostKeyPolicy'] | '';

  /** Null until it is edited: B59's name follows the package. */
  taskName: string | null;
  doNotRun: boolean;
}

type KeysHolding<T> = {
  [K in keyof WizardValues]: WizardValues[K] extends T ? K : never;
}[keyof WizardValues];
export type BooleanKey = KeysHolding<boolean>;
export type TextKey = KeysHolding<string | null>;

/** Held only until they are sent, drawn masked, wiped afterwards (B101). */
export const secretKeys = [
  'accountPassword',
  'accountPassphrase',
  'accountBecomePassword',
  'licenseKey',
] as const;

/** The fields of the form behind [Add], as they are when it opens. */
export const emptyAccountForm = {
  accountKind: 'password',
  accountUser: '',
  accountName: '',
  accountPassword: '',
  accountPrivateKey: '',
  accountPublicKey: '',
  accountPassphrase: '',
  accountBecome: 'sudo',
  accountBecomePassword: '',
} as const satisfies Partial<WizardValues>;

/** The fields of a license that is added on the spot, as they are when their form opens. */
export const emptyLicenseForm = {
  licenseName: '',
  licenseProduct: '',
  licenseKeyFrom: 'typed',
  licenseKey: '',
  licenseKeyFile: '',
  licenseSeats: '',
  licenseExpires: '',
} as const satisfies Partial<WizardValues>;

const numberText = (value: Share | null): string => (value === null ? '' : String(value));

/** The options as a task's settings have them: B12, B16, B19, B23, B33, B35, B41, B43 when they are the defaults. */
export const valuesOf = (settings: TaskSettings): WizardValues => ({
  packageSource: 'existing',
  packageId: '',
  packageSearch: '',
  packagePath: '',
  packageCommand: '',
  packageParameters: '',
  deviceFilter: '',
  groupDeviceSearch: '',
  targetGroupSearch: '',
  typedAddresses: '',
  addressFile: '',
  networkAgent: settings.delivery.networkAgent,
  sharedFoldersServer: settings.delivery.sharedFoldersServer,
  sharedFoldersDistributionPoints: settings.delivery.sharedFoldersDistributionPoints,
  attemptsLimit: String(settings.attemptsLimit),
  foreignDevices: settings.foreignDevices,
  skipIfInstalled: settings.skipIfInstalled,
  verifyPlatform: settings.verifyPlatform,
  concurrency: String(settings.concurrency),
  bandwidth:
    settings.bandwidthBytesPerSecond === null
      ? ''
      : String(Math.max(1, Math.round(settings.bandwidthBytesPerSecond / 1024))),
  waveSize: numberText(settings.waveSize),
  stopAfterFailures: numberText(settings.stopAfterFailures),
  stopAfterUnreachable: numberText(settings.stopAfterUnreachable),
  license: settings.license?.kind === 'withTask' ? 'select' : 'none',
  licenseId: settings.license?.kind === 'withTask' ? settings.license.licenseId : '',
  licenseSearch: '',
  licenseDelivery: 'withTask',
  ...emptyLicenseForm,
  restartKind: settings.restart.kind,
  restartMessage: settings.restart.message,
  restartRepeat: String(settings.restart.repeatMinutes),
  restartAutomatic: String(settings.restart.automaticMinutes),
  forceClose: settings.restart.forceClose,
  accountMode: 'required',
  accountSearch: '',
  trialSearch: '',
  ...emptyAccountForm,
  hostKeyPolicy: '',
  taskName: null,
  doNotRun: false,
});
