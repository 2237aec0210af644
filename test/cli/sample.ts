import type { CommandContext } from '../../src/cli/program/context.ts';
import { failure } from '../../src/domain/failure.ts';
import type { Run, RunDevice } from '../../src/domain/model.ts';
import { failureText } from '../../src/i18n/failureText.ts';
import type { Language } from '../../src/i18n/registry.ts';
import { translator } from '../../src/i18n/translate.ts';

/** What pure parts of the command line need of their context. */
export const sampleContext = (language: Language = 'en'): CommandContext =>
  ({
    t: translator(language),
    language,
    hint: (words: string) => `haifu ${words}`,
    explain: (one: Parameters<CommandContext['explain']>[0]) =>
      failureText(translator(language), one, 'commandLine'),
  }) as CommandContext;

export const sampleDevice = (number: number, more: Partial<RunDevice> = {}): RunDevice => ({
  deviceId: `dev-${String(number).padStart(20, '0')}`,
  name: `web-${number}`,
  address: `10.0.0.${number}`,
  state: 'succeeded',
  attemptId: null,
  attempt: 1,
  activity: null,
  sentBytes: 10,
  totalBytes: 10,
  failure: null,
  exitCode: 0,
  accountId: null,
  method: 'ssh',
  startedAt: '2026-01-01T00:00:00.000Z',
  finishedAt: '2026-01-01T00:00:07.000Z',
  timeline: [],
  ...more,
});

export const exitFailure = (exitCode: number, tail: string) =>
  failure('installer.exitCode', { exitCode, tail }, { stage: 'install' });

export const sampleRun = (more: Partial<Run> = {}): Run => ({
  id: 'run-00000000000000000012',
  number: 12,
  taskId: 'task-00000000000000000004',
  taskName: 'Installation of editor',
  packageLabel: 'editor 1.2',
  state: 'finished',
  startedAt: '2026-01-01T00:00:00.000Z',
  finishedAt: '2026-01-01T00:01:00.000Z',
  startedBy: 'admin',
  counts: {},
  deviceCount: 0,
  retryOf: null,
  ...more,
});
