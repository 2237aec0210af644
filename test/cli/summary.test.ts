import { describe, expect, it } from 'vitest';
import { foldByCause } from '../../src/cli/watch/causes.ts';
import { deviceLine } from '../../src/cli/watch/deviceLine.ts';
import { frameLines, rowsOf } from '../../src/cli/watch/liveProgress.ts';
import { summaryLines } from '../../src/cli/watch/summaryLines.ts';
import { statusOf } from '../../src/cli/watch/watchRun.ts';
import { failure } from '../../src/domain/failure.ts';
import type { RemoteInstallationTask, RunDevice } from '../../src/domain/model.ts';
import type { Language } from '../../src/i18n/registry.ts';
import { cellWidth } from '../../src/shared/cellWidth.ts';
import { exitFailure, sampleContext, sampleDevice, sampleRun } from './sample.ts';

const unreachable = (number: number) =>
  sampleDevice(number, {
    state: 'unreachable',
    failure: failure('device.refused', { address: `10.0.0.${number}`, port: 22 }),
  });

describe('summary', () => {
  const devices = [
    sampleDevice(1),
    sampleDevice(2, { state: 'failed', failure: exitFailure(1, 'no space') }),
    sampleDevice(3, { state: 'failed', failure: exitFailure(1, 'no space') }),
    sampleDevice(4, { state: 'failed', failure: exitFailure(2, 'other') }),
    unreachable(5),
    unreachable(6),
  ];

  it('folds devices that ended alike, and hides what differs', () => {
    const causes = foldByCause(devices);
    expect(causes.map(({ state, devices: group }) => `${state} ${group.length}`)).toEqual([
      'succeeded 1',
      'failed 2',
      'unreachable 2',
      'failed 1',
    ]);
    expect(causes[1]!.failure!.params).toEqual({ exitCode: 1, tail: 'no space' });
    expect(causes[2]!.failure!.params).toEqual({ address: '…', port: 22 });
  });

  it('ends with the exact command for another try', () => {
    const lines = summaryLines(
      { ...sampleContext(), hint: (words) => `haifu ${words} --data /d` },
      sampleRun(),
      devices,
      undefined,
    );
    expect(lines).toContain('  haifu run retry 12 --failed --unreachable --data /d');
    expect(lines.some((line) => line.includes('→ Read the log'))).toBe(true);
  });

  it('B30 says how to go on where attempts are used up, and offers no try that could start nothing', () => {
    const spent = (...numbers: number[]) =>
      ({
        number: 4,
        settings: { attemptsLimit: 3 },
        attempts: Object.fromEntries(
          numbers.map((number) => [devices[number]!.deviceId, { count: 3, lastAttemptId: '' }]),
        ),
      }) as unknown as RemoteInstallationTask;
    const typed = (task: RemoteInstallationTask, ended = devices) =>
      summaryLines(sampleContext(), sampleRun(), ended, task).filter((line) => line.startsWith('  haifu'));
    expect(typed(spent(1))).toEqual([
      '  haifu run retry 12 --failed --unreachable',
      '  haifu task set 4 --attempts 6',
      '  haifu run retry 12 --failed',
    ]);
    expect(typed(spent(1, 2), devices.slice(0, 3))).toEqual([
      '  haifu task set 4 --attempts 6',
      '  haifu run retry 12 --failed',
    ]);
  });

  it('names no command where none could work later', () => {
    const lines = summaryLines({ ...sampleContext(), hint: () => null }, sampleRun(), devices, undefined);
    expect(lines.join('\n')).not.toContain('haifu');
    expect(lines.at(-1)).toContain('web-4');
  });

  it('offers nothing where nothing is left to do', () => {
    const lines = summaryLines(sampleContext('ja'), sampleRun(), [sampleDevice(1)], undefined);
    expect(lines).toEqual(['実行 12: Installation of editor — 完了、デバイス 1 台', '  成功: 1']);
  });

  it('is incomplete unless every device succeeded or needed nothing', () => {
    expect(statusOf([sampleDevice(1), sampleDevice(2, { state: 'skipped' })])).toBe(0);
    expect(statusOf([sampleDevice(1, { state: 'restartPending' })])).toBe(0);
    for (const state of ['failed', 'unreachable', 'cancelled', 'notStarted'] as const)
      expect(statusOf([sampleDevice(1), sampleDevice(2, { state })])).toBe(1);
  });
});

const frame = (
  devices: ReadonlyMap<string, RunDevice>,
  columns: number,
  rows: number,
  language: Language = 'en',
) => frameLines(sampleContext(language), sampleRun({ state: 'running' }), devices, { columns, rows }, 65_000);

it.each([
  ['en', 'web-1 (10.0.0.1): cancelling (being ended: its running installer)'],
  ['ja', 'web-1 (10.0.0.1): 中止処理中 (強制終了中: 実行中のインストーラー)'],
] as const)('a line says in %s what becomes of a running installer (B87)', (language, line) => {
  const device = sampleDevice(1, { state: 'cancelling', activity: 'endingInstaller' });
  expect(deviceLine(sampleContext(language), device)).toBe(line);
});

describe('live progress', () => {
  it.each([20, 40, 79, 200])('is never wider than %i cells', (width) => {
    const devices = new Map(
      [...Array(50).keys()].map((number) => {
        const device = sampleDevice(number, {
          name: `東京サーバー\x1b[31m${number}`.repeat(3),
          state: number % 2 === 0 ? 'transferring' : 'installing',
          activity: 'waitingForLock',
          attempt: 2,
        });
        return [device.deviceId, device];
      }),
    );
    for (const language of ['en', 'ja'] as const) {
      const lines = frame(devices, width, 24, language);
      expect(lines.length).toBeLessThan(24);
      for (const line of lines) {
        expect(cellWidth(line)).toBeLessThanOrEqual(width);
        expect(line).not.toContain('\x1b');
      }
    }
  });

  it('shows every state, on a second line where one is too short, and the time that has passed', () => {
    const states = [
      'waiting',
      'connecting',
      'checking',
      'transferring',
      'installing',
      'succeeded',
      'failed',
    ] as const;
    const devices = new Map(states.map((state, index) => [String(index), sampleDevice(index, { state })]));
    const lines = frame(devices, 60, 24);
    expect(lines[0]).toMatch(/^Run 12 {2}\[#+-+\] 2\/7 {2}1m 05s$/);
    expect(lines.slice(1, 3)).toEqual([
      'waiting 1  connecting 1  checking 1  transferring 1',
      'installing 1  succeeded 1  failed 1',
    ]);
    for (const rows of [5, 8, 24]) expect(frame(devices, 60, rows).length).toBeLessThan(rows + 1);
  });

  it('knows how many rows its lines take in a terminal that became narrower', () => {
    expect(rowsOf(['x'.repeat(80), '', '東京'.repeat(11)], 40)).toBe(2 + 1 + 2);
  });
});
