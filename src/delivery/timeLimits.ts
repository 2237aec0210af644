import type { InstallationPackage } from '../domain/model.ts';
import { longestPostponementMinutes } from '../job/shell/restartRunner.ts';

const minutes = (count: number): number => count * 60_000;
const hours = (count: number): number => minutes(60 * count);

/** How long lines that were lost are made again, by step. */
export const patienceMs = {
  /** For a first line that broke; a device that does not answer at all is not asked twice. */
  connect: 5000,
  check: minutes(2),
  /** Without a single byte of progress. */
  transfer: minutes(5),
  /** After the installer's own time is over. */
  installBeyondTimeout: minutes(5),
  clean: 15_000,
  restartBegin: minutes(5),
  restartComeBack: minutes(15),
} as const;

/** A device that says nothing is taken for dead after this; while it hashes it may be silent for longer. */
export const silenceMs = 60_000;
const slowestHashBytesPerMs = 10_000;
export const longestHashMs = hours(6);
export const hashMs = (sizeBytes: number): number =>
  Math.min(longestHashMs, silenceMs + sizeBytes / slowestHashBytesPerMs);

/** The schema's longest time until an automatic restart; a device may be in the phase of another task's. */
const longestAutomaticMinutes = 10_080;

const longestTransferMs = hours(14 * 24);
/** A line that is slower is silent for longer than a transfer allows (256 KiB in a minute). */
const slowestLineBytesPerSecond = 4096;

/**
 * The whole time that a stage may take, whatever the device says meanwhile: one that drips bytes is never silent,
 * and would hold its place in the run for ever. Several times what the slowest honest device needs.
 */
export const stageLimitMs = {
  check: ({ content }: Pick<InstallationPackage, 'content'>): number =>
    minutes(15) + 2 * hashMs(content.sizeBytes),
  /** Without a package. */
  readiness: minutes(15),
  transfer: ({ content }: Pick<InstallationPackage, 'content'>, bytesPerSecond: number | null): number => {
    const slowest = Math.min(slowestLineBytesPerSecond, bytesPerSecond ?? slowestLineBytesPerSecond);
    return Math.min(longestTransferMs, hours(1) + 2000 * (content.sizeBytes / slowest));
  },
  /** Of one question to a device that is there. */
  verify: minutes(15),
  stop: minutes(15),
  /** The longest that users can be given, postponements among it, and twice the way down and up. */
  restart:
    minutes(longestAutomaticMinutes + longestPostponementMinutes) +
    2 * (patienceMs.restartBegin + patienceMs.restartComeBack),
} as const;
