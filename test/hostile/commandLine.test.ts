import xterm from '@xterm/headless';
import { describe, expect, it } from 'vitest';
import { jsonText } from '../../src/cli/program/jsonText.ts';
import { reportFormats } from '../../src/cli/report/registry.ts';
import { tableLines } from '../../src/cli/table.ts';
import { deviceLine } from '../../src/cli/watch/deviceLine.ts';
import { frameLines } from '../../src/cli/watch/liveProgress.ts';
import { summaryLines } from '../../src/cli/watch/summaryLines.ts';
import { say, words } from '../../src/console/state/words.ts';
import { parseAddressFile } from '../../src/console/wizard/addressList.ts';
import type { Device } from '../../src/domain/model.ts';
import { failureText } from '../../src/i18n/failureText.ts';
import type { DeviceList } from '../../src/imports/deviceList.ts';
import { parseDeviceList } from '../../src/imports/registry.ts';
import { LineSanitiser } from '../../src/shared/sanitise.ts';
import { exitFailure, sampleContext, sampleDevice, sampleRun } from '../cli/sample.ts';
import { hostileStrings, numbers } from './hostileStrings.ts';
import { foreignIn, watchTerminal } from './judge.ts';

const strings = hostileStrings(5000);
const context = sampleContext();
const devices = strings.map((text, i) =>
  sampleDevice(i, {
    name: text,
    state: 'failed',
    failure: exitFailure(1, text),
    exitCode: 1,
    activity: text,
  }),
);
const run = sampleRun({ taskName: strings[77]!, packageLabel: strings[78]!, startedBy: strings[79]! });

/** A terminal that is sent these lines: what it was made to do besides showing them, and how many it shows. */
async function judged(lines: readonly string[]) {
  const screen = new xterm.Terminal({
    cols: 2000,
    rows: 50,
    scrollback: lines.length + 100,
    allowProposedApi: true,
    convertEol: true,
  });
  await new Promise<void>((resolve) => screen.write('\u{1B}[?1049l', resolve));
  const misdeeds = watchTerminal(screen);
  await new Promise<void>((resolve) => screen.write(`${lines.join('\n')}\n`, resolve));
  const { baseY, cursorY, cursorX } = screen.buffer.active;
  const seen = {
    shown: baseY + cursorY,
    cursorX,
    misdeeds: misdeeds().filter((one) => one !== 'left the screen'),
  };
  screen.dispose();
  return seen;
}

const refusedLines = ({ refused }: Pick<DeviceList, 'refused'>) =>
  refused.map(({ line, text, failure }) => {
    const given = say(context.t, words('wizard.plain', { text }));
    return `${line} ${given} ${failureText(context.t, failure).message}`;
  });

const sources: Record<string, () => readonly string[] | Promise<readonly string[]>> = {
  tables: () =>
    tableLines(
      [
        { title: 'NAME', text: ({ name }: Pick<Device, 'name'>) => name },
        { title: 'AGAIN', text: ({ name }) => name },
      ],
      devices,
    ),
  'devices that ended': () => devices.map((device) => deviceLine(context, device)),
  'live progress': () =>
    devices.flatMap((device) =>
      frameLines(
        context,
        run,
        new Map([[device.deviceId, { ...device, state: 'installing' as const }]]),
        { columns: 100, rows: 30 },
        5000,
      ),
    ),
  summaries: () =>
    devices.flatMap((device) =>
      summaryLines(context, { ...run, taskName: device.name }, [device], undefined),
    ),
  'failures of every command': () =>
    devices.flatMap(({ failure }) => {
      const { message, next } = failureText(context.t, failure!, 'commandLine');
      return [`haifu: ${message}`, `  → ${next}`];
    }),
  'the text report': () =>
    reportFormats.text({ context, run, devices, task: undefined, hasMark: false }).split('\n'),
  'the CSV report': () =>
    reportFormats.csv({ context, run, devices, task: undefined, hasMark: false }).split('\r\n'),
  'the HTML report': () =>
    reportFormats.html({ context, run, devices, task: undefined, hasMark: false }).split('\n'),
  'the JUnit report': () =>
    reportFormats.junit({ context, run, devices, task: undefined, hasMark: false }).split('\n'),
  JSON: () => devices.map((device) => jsonText(device)),
  'refused lines of a list of addresses': () =>
    strings.flatMap((text) => refusedLines(parseAddressFile(text))),
  'refused lines of an import': async () => {
    const csv = strings.map((text, i) => `"${text.replaceAll('"', '""')}",10.0.0.${i % 250}`);
    const bytes = new TextEncoder().encode(`name,address\n${csv.join('\n')}\n`);
    return refusedLines(await parseDeviceList(bytes, 'list.csv', 'csv'));
  },
};

describe.each(Object.entries(sources))('B102, 5,000 hostile strings in %s', (name, linesOf) => {
  it('control no terminal and forge no line', async () => {
    const lines = await linesOf();
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.filter((line) => line.includes('\n'))).toEqual([]);
    // A tab is text where columns are not drawn.
    expect(foreignIn(lines.join('\n').replaceAll('\t', ' '))).toBeNull();
    expect(lines.find((line) => line.includes('\u{1B}') || line.includes('\r')) ?? null).toBeNull();
    if (/HTML|JUnit|JSON|CSV/.test(name)) return;
    expect(await judged(lines.map((line) => line.slice(0, 900)))).toEqual({
      shown: lines.length,
      cursorX: 0,
      misdeeds: [],
    });
  });
});

describe('B102, an installer’s output', () => {
  it('gives the same safe lines however the stream is cut', async () => {
    const text = strings.join('\n');
    const whole = new LineSanitiser();
    const expected = [...whole.push(text), ...whole.end()];
    expect(foreignIn(expected.join('\n').replaceAll('\t', ' '))).toBeNull();
    const next = numbers(7);
    for (let turn = 0; turn < 3; turn++) {
      const lines = new LineSanitiser();
      const seen: string[] = [];
      for (let at = 0; at < text.length; ) {
        const length = 1 + next(turn === 0 ? 3 : 400);
        seen.push(...lines.push(text.slice(at, at + length)));
        at += length;
      }
      seen.push(...lines.end());
      expect(seen).toEqual(expected);
    }
    expect((await judged(expected.map((line) => line.replaceAll('\t', ' ').slice(0, 900)))).misdeeds).toEqual(
      [],
    );
  });
});
