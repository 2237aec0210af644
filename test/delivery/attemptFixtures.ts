import { createHash, randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runAttempt } from '../../src/delivery/attemptFlow.ts';
import type {
  AccountWithSecrets,
  AttemptOrder,
  AttemptReporter,
  SeenHostKey,
  Transition,
} from '../../src/delivery/deliveryMethod.ts';
import type { LoginLimits } from '../../src/delivery/methods/ssh/login.ts';
import { createSshOpener } from '../../src/delivery/methods/ssh/sshSession.ts';
import type { SilenceLimits } from '../../src/delivery/scriptedSession.ts';
import type { InstallationPackage } from '../../src/domain/model.ts';
import type { InstallPlan } from '../../src/packages/packageFormat.ts';

/** An account with a key, a password or an agent; the rest is as little as possible. */
export function account(
  id: string,
  user: string,
  secret: Partial<Omit<AccountWithSecrets, 'account'>>,
  more: Partial<AccountWithSecrets['account']> = {},
): AccountWithSecrets {
  return {
    account: {
      id,
      name: id,
      kind: secret.privateKey != null ? 'key' : 'password',
      user,
      become: 'none',
      hasPassword: secret.password != null,
      hasPassphrase: secret.passphrase != null,
      hasBecomePassword: secret.becomePassword != null,
      keyFingerprint: null,
      agentSocket: null,
      createdAt: '2026-01-01T00:00:00.000Z',
      ...more,
    },
    password: null,
    privateKey: null,
    passphrase: null,
    becomePassword: null,
    ...secret,
  };
}

/** An installation package of a shell script, its content in `folder`. */
export async function scriptPackage(
  folder: string,
  content: string | Buffer,
  more: Partial<InstallationPackage> = {},
): Promise<{ installationPackage: InstallationPackage; contentPath: string }> {
  const bytes = Buffer.from(content);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const contentPath = join(folder, sha256);
  await writeFile(contentPath, bytes);
  return {
    contentPath,
    installationPackage: {
      id: 'pkg-00000000000000000000',
      name: 'sample',
      version: '1.0',
      format: 'script',
      platform: 'linux',
      architecture: 'all',
      dependencies: [],
      content: { sha256, sizeBytes: bytes.length, fileName: 'sample.sh' },
      command: null,
      parameters: '',
      detection: { kind: 'receipt' },
      exitCodes: { '0': 'success' },
      installTimeoutMs: 60_000,
      createdAt: '2026-01-01T00:00:00.000Z',
      ...more,
    },
  };
}

export const newAttemptId = (): string => randomBytes(16).toString('hex');

export function attemptOrder(
  base: Pick<AttemptOrder, 'device' | 'accounts' | 'trust' | 'installationPackage' | 'contentPath'>,
  more: Partial<AttemptOrder> = {},
): AttemptOrder {
  return {
    runId: 'run-00000000000000000000',
    deviceId: 'dev-00000000000000000000',
    attemptId: newAttemptId(),
    refusedAccountIds: [],
    skipIfInstalled: true,
    verifyPlatform: true,
    restart: {
      kind: 'doNotRestart',
      message: '',
      repeatMinutes: 5,
      automaticMinutes: 30,
      forceClose: false,
    },
    bandwidthBytesPerSecond: null,
    resume: null,
    ...base,
    ...more,
  };
}

/** Keeps what an attempt says, and lets a test wait for it. */
export class RecordingReporter implements AttemptReporter {
  readonly transitions: Transition[] = [];
  readonly activities: (string | null)[] = [];
  readonly hostKeys: SeenHostKey[] = [];
  readonly tried: [string, boolean][] = [];
  readonly sent: number[] = [];
  logged = '';
  readonly cancelling = new AbortController();
  readonly killing = new AbortController();
  readonly signal = this.cancelling.signal;
  readonly killSignal = this.killing.signal;
  /** Called, and awaited, before a transition is acknowledged. */
  onTransition: (transition: Transition) => Promise<void> | void = () => {};
  onProgress: (sentBytes: number) => void = () => {};
  onLog: (text: string) => void = () => {};

  async transition(transition: Transition): Promise<void> {
    this.transitions.push(transition);
    await this.onTransition(transition);
  }
  progress(sentBytes: number): void {
    this.sent.push(sentBytes);
    this.onProgress(sentBytes);
  }
  activity(code: string | null): void {
    this.activities.push(code);
  }
  log(text: string): void {
    this.logged += text;
    this.onLog(text);
  }
  async hostKeySeen(key: SeenHostKey): Promise<void> {
    this.hostKeys.push(key);
  }
  async rootPasswordSent(): Promise<void> {}
  accountTried(accountId: string, isAccepted: boolean): void {
    this.tried.push([accountId, isAccepted]);
  }

  get states(): string[] {
    return this.transitions.map((transition) => transition.state);
  }
  get last(): Transition {
    const last = this.transitions.at(-1);
    if (last === undefined) throw new Error('nothing was reported');
    return last;
  }
  /** The failure's code at the end. */
  get code(): string | null {
    return this.last.failure?.code ?? null;
  }
}

/** What the script format would plan: the content is run by sh. */
const runTheContent: InstallPlan = { script: 'sh "$HAIFU_PACKAGE"', environment: {}, tools: [['sh']] };

/** Runs an attempt over SSH with a plan of the test's own. */
export function deliverOverSsh(
  order: AttemptOrder,
  reporter: AttemptReporter,
  {
    plan = runTheContent,
    limits,
    silence,
  }: { plan?: InstallPlan; limits?: LoginLimits; silence?: SilenceLimits } = {},
): Promise<void> {
  const opener = createSshOpener({
    device: order.device,
    accounts: order.accounts,
    refusedAccountIds: order.refusedAccountIds,
    trust: order.trust,
    ...(limits === undefined ? {} : { limits }),
    ...(silence === undefined ? {} : { silence }),
    onHostKey: (key) => reporter.hostKeySeen(key),
    onAccount: (accountId, isAccepted) => reporter.accountTried(accountId, isAccepted),
  });
  return runAttempt(order, reporter, plan, opener);
}
