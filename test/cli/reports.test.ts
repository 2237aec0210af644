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
  hasMark: true,
};

describe('reports of hostile names', () => {
  it.each(Object.keys(reportFormats) as (keyof typeof reportFormats)[])(
    '%s controls no terminal',
    (format) => {
      expect(reportFormats[format](input)).not.toMatch(/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202e]/);
    },
  );

  it('CSV reads back as it was, without formulas', () => {
    const rows = parse(reportFormats.csv(input), { columns: true, bom: true }) as Record<string, string>[];
    expect(rows).toHaveLength(4);
    expect(rows[1]).toMatchObject({ state: 'failed', exitCode: '1', failureCode: 'installer.exitCode' });
    expect(rows[1]!.name).toMatch(/^'=HYPERLINK\("x"\),<script>/);
    for (const cell of ['=1', '+1', '-1', '@x', '＝1', '＋1', '－1', '＠x'])
      expect(csvCell(cell)).toBe(`'${cell}`);
    expect(csvCell(-1)).toBe('-1');
  });

  it('CSV begins with the mark by which Excel tells UTF-8, unless that is not wanted', () => {
    expect(reportFormats.csv(input).slice(0, 5)).toBe('\ufeffname');
    expect(reportFormats.csv({ ...input, hasMark: false }).slice(0, 4)).toBe('name');
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

  it.each(['en', 'ja'] as const)('HTML in %s has no markup but its own and fetches nothing', (language) => {
    const hostileInput = {
      ...input,
      context: sampleContext(language),
      run: sampleRun({ taskName: hostile, packageLabel: hostile, startedBy: hostile }),
      devices: input.devices.map((device) => ({
        ...device,
        address: `"><img src=x onerror=1>${device.address}`,
      })),
    };
    const html = reportFormats.html(hostileInput);
    const tags = [...html.matchAll(/<\/?([a-z0-9]+)((?:\s[^>]*)?)>/gi)].map(([, name, rest]) => [
      name,
      rest!.trim(),
    ]);
    const own = 'html head meta title style body h1 h2 dl dt dd table thead tbody tr th td br'.split(' ');
    expect(tags.filter(([name]) => !own.includes(name!))).toEqual([]);
    const attributes = new Set(
      tags.flatMap(([, rest]) => [...` ${rest}`.matchAll(/\s([a-z-]+)="/g)].map(([, name]) => name)),
    );
    expect([...attributes].toSorted()).toEqual(['charset', 'class', 'content', 'http-equiv', 'lang', 'name']);
    expect(html).toContain(`<html lang="${language}">`);
    expect(html).toContain("default-src 'none'");
    expect(html).not.toMatch(/https?:|url\(|@import/);
    expect(html.match(/<tr>/g)).toHaveLength(1 + 1 + 1 + 4);
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
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
