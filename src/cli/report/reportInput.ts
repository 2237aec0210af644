import type { RemoteInstallationTask, Run, RunDevice } from '../../domain/model.ts';
import type { CommandContext } from '../program/context.ts';

/** What a report needs of the program: the words, and how a command is typed that takes the run up again. */
export type ReportContext = Pick<CommandContext, 't' | 'language' | 'hint' | 'explain'>;

/** What every kind of report is made of. */
export interface ReportInput {
  readonly context: ReportContext;
  readonly run: Run;
  readonly devices: readonly RunDevice[];
  readonly task: RemoteInstallationTask | undefined;
  /** CSV: begins with a byte order mark. */
  readonly hasMark: boolean;
}

/** Whole seconds from start to end; null while one of them is missing. */
export const secondsOf = ({
  startedAt,
  finishedAt,
}: Pick<RunDevice, 'startedAt' | 'finishedAt'>): number | null =>
  startedAt === null || finishedAt === null
    ? null
    : Math.max(0, Math.round((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000));
