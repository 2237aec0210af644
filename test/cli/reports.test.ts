import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { csvCell } from '../../src/cli/report/csvReport.ts';
import { reportFormats } from '../../src/cli/report/registry.ts';
import { exitFailure, sampleContext, sampleDevice, sampleRun } from './sample.ts';

const hostile = '=HYPERLINK("x")\x1b[31m,<script>alert(1)</script>&\u202e';
const input = {
  context: sampleContext(),
  run: sampleRun({ taskName: `Task ${hostile}` }),
  devices: [
    sampleDevice(1),
    sampleDevice(2, { name: hostile, state: 'failed', failure: exitFailure(1, hostile), exitCode: 1 }),
    sampleDevice(3, { state: 'notStarted', startedAt: null, finishedAt: null, exitCode: null }),
    sampleDevice(4, { state: 'unreachable' }),
  ],
  task: undefined,
};

describe('reports of hostile names', () => {
  it.each(Object.keys(reportFormats) as (keyof typeof reportFormats)[])(
    '%s controls no terminal',
    (format) => {
      expect(reportFormats[format](input)).not.toMatch(/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202e]/);
    },
  );

  it('CSV reads back as it was, without formulas', () => {
    const rows = parse(reportFormats.csv(input), { columns: true }) as Record<string, string>[];
    expect(rows).toHaveLength(4);
    expect(rows[1]).toMatchObject({ state: 'failed', exitCode: '1', failureCode: 'installer.exitCode' });
    expect(rows[1]!.name).toMatch(/^'=HYPERLINK\("x"\),<script>/);
    for (const cell of ['=1', '+1', '-1', '@x']) expect(csvCell(cell)).toBe(`'${cell}`);
  });

  it('JUnit is well-formed and counts as CI does', () => {
    const xml = reportFormats.junit(input);
    expect(xml).toContain('tests="4" failures="2" errors="0" skipped="1"');
    expect(xml.match(/<testcase /g)).toHaveLength(4);
    expect(xml).not.toContain('<script>');
    expect(xml).toContain('type="installer.exitCode"');
    // Every tag that is opened is closed, in order.
    const open: string[] = [];
    for (const [, close, name, self] of xml.matchAll(/<(\/?)([a-z]+)(?:"[^"]*"|[^>"])*?(\/?)>/g)) {
      if (close) expect(open.pop()).toBe(name);
      else if (!self) open.push(name!);
    }
    expect(open).toEqual([]);
  });

  it('HTML has no markup but its own', () => {
    const html = reportFormats.html(input);
    expect(html).not.toContain('<script');
    expect(html.match(/<tr>/g)).toHaveLength(5);
  });

  it('JSON has the promised shape', () => {
    const { run } = JSON.parse(reportFormats.json(input));
    expect(Object.keys(run)).toEqual([
      'id',
      'task',
      'state',
      'startedAt',
      'finishedAt',
      'devices',
      'summary',
    ]);
    expect(Object.keys(run.devices[0])).toEqual([
      'name',
      'address',
      'state',
      'attempt',
      'attempts',
      'failure',
      'exitCode',
      'bytesSent',
      'startedAt',
      'finishedAt',
    ]);
    expect(run.summary).toEqual({
      succeeded: 1,
      failed: 1,
      skipped: 0,
      unreachable: 1,
      cancelled: 0,
      notStarted: 1,
    });
  });

  it('says no try where the installer never ran (B27)', () => {
    const { run } = JSON.parse(reportFormats.json(input));
    expect(run.devices.map(({ attempt }: { attempt: number }) => attempt)).toEqual([1, 1, 0, 0]);
    expect(reportFormats.text(input)).toMatch(/web-4 +10\.0\.0\.4 +unreachable +0 /);
  });

  it('text holds the summary and a row a device', () => {
    expect(reportFormats.text(input)).toMatch(/web-3 +10\.0\.0\.3 +not started/);
  });
});
