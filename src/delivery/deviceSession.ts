import type { Outcome } from '../domain/failure.ts';
import type { RestartOption } from '../domain/model.ts';
import type { FollowEvent, Verification } from '../job/followParser.ts';
import type { DetectionQuery, DeviceProbe, JobContent, JobEnd } from '../job/jobTypes.ts';
import type { ProbeRequest } from '../job/probe.ts';
import type { Received } from '../job/receive.ts';
import type { RestartStatus } from '../job/restart.ts';
import type { StartRequest } from '../job/start.ts';
import type { StopAnswer } from '../job/stop.ts';

type WithoutNonce<T> = Omit<T, 'nonce'>;

export type ProbeQuestion = WithoutNonce<ProbeRequest>;
export type StartQuestion = WithoutNonce<StartRequest>;

export interface FollowQuestion {
  readonly attemptId: string;
  readonly detection: DetectionQuery;
  readonly logOffset: number;
}

export interface Upload {
  readonly content: Pick<JobContent, 'sha256' | 'sizeBytes'>;
  readonly attemptId: string;
  /** Path of the content on this side. */
  readonly contentPath: string;
  /** Bytes that the device has already. */
  readonly offset: number;
  readonly bytesPerSecond: number | null;
  /** How many bytes of the content are on their way or there. */
  onProgress(bytes: number): void;
  readonly signal: AbortSignal;
}

/** How an installer ended, and what the device says of the package and of itself afterwards. */
export interface InstallerEnd {
  readonly end: JobEnd;
  readonly verification: Verification;
}

/**
 * One logged-in connection to a device, as the attempt's stages use it: SSH today. A lost line is the failure
 * `device.connectionLost`; nothing here tries again by itself.
 */
export interface DeviceSession {
  /** The account that let us in. */
  readonly accountId: string;
  probe(question: ProbeQuestion): Promise<Outcome<DeviceProbe>>;
  /** Asks how much of the content an earlier, cut transfer of this attempt left. */
  partOf(upload: Upload): Promise<Outcome<Received>>;
  receive(upload: Upload): Promise<Outcome<Received>>;
  /** Starts the installer, unless this attempt was started before, and follows it to its end. */
  start(question: StartQuestion, onEvent: (event: FollowEvent) => void): Promise<Outcome<InstallerEnd>>;
  follow(question: FollowQuestion, onEvent: (event: FollowEvent) => void): Promise<Outcome<InstallerEnd>>;
  verify(detection: DetectionQuery): Promise<Outcome<Verification>>;
  restart(attemptId: string, option: RestartOption): Promise<Outcome<RestartStatus>>;
  stop(attemptId: string): Promise<Outcome<StopAnswer>>;
  /** False: something was left. */
  clean(
    attemptId: string,
    contentSha256: string | null,
    uploadFolder: string | null,
  ): Promise<Outcome<boolean>>;
  /** Aborted when the line is lost or closed. */
  readonly closed: AbortSignal;
  close(): void;
}

/** Makes a session, or makes it again after a lost line. */
export interface SessionOpener {
  open(signal: AbortSignal): Promise<Outcome<DeviceSession>>;
}
