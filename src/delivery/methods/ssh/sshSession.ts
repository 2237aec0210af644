import type { Duplex } from 'node:stream';
import { failed, type Outcome } from '../../../domain/failure.ts';
import { ok } from '../../../shared/result.ts';
import type { AccountWithSecrets, DeviceAddress, HostTrust, SeenHostKey } from '../../deliveryMethod.ts';
import type { DeviceSession, SessionOpener } from '../../deviceSession.ts';
import { createScriptedSession, type SilenceLimits } from '../../scriptedSession.ts';
import type { ShellSource } from '../../shellSource.ts';
import { type Elevation, openShell } from './become.ts';
import { BecomePassword } from './becomePassword.ts';
import { dial } from './dial.ts';
import { type JumpRequest, openThroughJumpHost } from './jumpHost.ts';
import { lineLost } from './line.ts';
import { type Login, type LoginLimits, logIn, usualLimits } from './login.ts';

export interface SshTarget {
  readonly device: DeviceAddress;
  /** In the order of trying (B50). */
  readonly accounts: readonly AccountWithSecrets[];
  readonly refusedAccountIds: readonly string[];
  readonly trust: HostTrust;
  readonly limits?: LoginLimits;
  readonly silence?: SilenceLimits;
  onHostKey(key: SeenHostKey): Promise<void>;
  onAccount(accountId: string, isAccepted: boolean): void;
  /** As AttemptOrder has it. */
  readonly rootPassword?: 'unanswered' | 'proven' | undefined;
  /** Awaited before the password of sudo, doas or su is sent for the first time. */
  onRootPassword?(): Promise<void>;
}

/** The byte stream to the device's SSH server: a socket, or through its jump host. */
export function openDeviceStream(
  { device, accounts, trust, limits, onHostKey }: Omit<JumpRequest, 'jumpHost'> & { device: DeviceAddress },
  signal: AbortSignal,
): Promise<Outcome<Duplex>> {
  const { address, jumpHost } = device;
  const port = device.port ?? 22;
  if (jumpHost === null) return dial(address, port, limits.dialTimeoutMs, signal);
  return openThroughJumpHost({ jumpHost, accounts, trust, limits, onHostKey }, address, port);
}

/** Opens sessions to one device: the first with any account, every further one with the account that worked. */
export function createSshOpener(target: SshTarget): SessionOpener {
  const { device, limits = usualLimits } = target;
  const port = device.port ?? 22;
  const refused = new Set(target.refusedAccountIds);
  let accepted: AccountWithSecrets | null = null;
  let becomePassword: BecomePassword | null = null;
  // A first contact is one contact: what it showed binds every further connection (B100).
  let trust = target.trust;
  const onHostKey = async (key: SeenHostKey): Promise<void> => {
    await target.onHostKey(key);
    if (key.verdict === 'accepted') trust = { ...trust, pins: [...trust.pins, { ...key, state: 'trusted' }] };
  };

  async function open(signal: AbortSignal): Promise<Outcome<DeviceSession>> {
    const accounts =
      accepted !== null ? [accepted] : target.accounts.filter((one) => !refused.has(one.account.id));
    if (accounts.length === 0 && target.accounts.length > 0) {
      return failed('account.lockoutGuard', { address: device.address }, { stage: 'connect' });
    }
    const login = await logIn({
      address: device.address,
      port,
      user: device.user,
      accounts,
      isProven: accepted !== null,
      trust,
      limits,
      signal,
      openStream: () => openDeviceStream({ ...target, trust, limits, onHostKey }, signal),
      onHostKey,
      onAccount: (accountId, isAccepted) => {
        // A device that is still booting may refuse the account that it has let in before.
        if (accepted !== null) return;
        if (!isAccepted) refused.add(accountId);
        target.onAccount(accountId, isAccepted);
      },
    });
    if (!login.ok) return login;
    accepted = login.value.account;
    becomePassword ??= becomePasswordOf(accepted, target);
    return ok(createScriptedSession(shellSourceOf(login.value, becomePassword), target.silence));
  }

  return { open };
}

/** sudo and doas ask for the user's own password, su for root's. */
const becomePasswordOf = (
  { account, becomePassword, password }: AccountWithSecrets,
  target: Pick<SshTarget, 'rootPassword' | 'onRootPassword'>,
): BecomePassword =>
  new BecomePassword(
    becomePassword ?? (account.become === 'su' ? null : password),
    target.rootPassword,
    target.onRootPassword,
  );

function shellSourceOf(login: Login, password: BecomePassword): ShellSource {
  const { account, user } = login;
  const elevation: Elevation = {
    method: user === 'root' ? 'none' : account.account.become,
    user,
    password,
  };
  return {
    accountId: account.account.id,
    isLoginEnough: elevation.method === 'none',
    closed: login.closed,
    open: (wish) =>
      openShell(login, wish.as === 'login' ? { ...elevation, method: 'none' } : elevation, wish),
    lost: () => lineLost(login),
    close: () => login.client.end(),
  };
}
