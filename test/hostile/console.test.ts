import { describe, expect, it } from 'vitest';
import { calculateLayout } from '../../src/console/layout.ts';
import type { Rect } from '../../src/console/widgets/Place.tsx';
import type { CollectionName, Collections } from '../../src/domain/model.ts';
import { ok } from '../../src/shared/result.ts';
import {
  account,
  device,
  group,
  hostKey,
  installationPackage,
  run,
  runDevice,
  snapshot,
  task,
  time,
} from '../console/consoleFixture.ts';
import { DrawnConsole } from '../console/drawnConsole.tsx';
import { hostileStrings } from './hostileStrings.ts';
import { cellsOf, foreignIn, type SeenCell, watchTerminal } from './judge.ts';

/** As many strings as the screen has rows: one frame judges them all. */
const inSight = 380;
const size = { width: 90, height: inSight + 20 };
const strings = hostileStrings(5000);
/**
 * A frame of hundreds of rows is dear: each source gets every fourth string, its neighbours the others.
 * HAIFU_HOSTILE=all: every source gets all.
 */
const isComplete = process.env['HAIFU_HOSTILE'] === 'all';
function chunksFor(source: number): string[][] {
  const own = isComplete ? strings : strings.filter((_, i) => i % 4 === source % 4);
  return Array.from({ length: Math.ceil(own.length / inSight) }, (_, i) =>
    Array.from({ length: inSight }, (_, row) => own[(i * inSight + row) % own.length]!),
  );
}
const longest = 'A'.repeat(400);
const same = (text: string): string[] => Array(inSight).fill(text.repeat(400)) as string[];

/** One place where text of others is shown. */
interface Source {
  readonly open: (texts: readonly string[]) => Promise<DrawnConsole>;
  readonly change: (console: DrawnConsole, texts: readonly string[]) => Promise<void>;
  /** A place where texts flow over lines: all of it is theirs, its frame is not. */
  readonly text: (console: DrawnConsole) => Rect;
}

const isInside = ({ x, y, width, height }: Rect, column: number, row: number): boolean =>
  column > x && column < x + width - 1 && row > y && row < y + height - 1;
const layout = calculateLayout(size.width, size.height)!;

let seq = 1;
const id = (i: number) => `row-${String(i).padStart(4, '0')}`;

/** Rows of a table, or of the tree: every row is the same but for its hostile text. */
function collection<N extends CollectionName>(
  name: N,
  node: string,
  make: (id: string, text: string) => Collections[N],
  opened?: string,
): Source {
  const rows = (texts: readonly string[]) => texts.map((text, i) => make(id(i), text));
  return {
    open: async (texts) => {
      const console = await DrawnConsole.open({ ...size, snapshot: snapshot({ [name]: rows(texts) }) });
      if (opened) await console.dispatch({ type: 'ui/expanded', node: opened, isExpanded: true });
      await console.dispatch({ type: 'ui/node', node });
      return console;
    },
    // Its lower border says how much more there is.
    text: () => ({ ...layout.detail, height: layout.detail.height + 1 }),
    change: (console, texts) => {
      seq += 1;
      const changes = [{ collection: name, put: rows(texts), removed: [] }] as never;
      return console.dispatch({
        type: 'model/events',
        events: [{ event: 'changed', seq, changes }],
        at: time,
      });
    },
  };
}

const runRows = (texts: readonly string[]) =>
  texts.map((text, i) =>
    runDevice(id(i), {
      name: text,
      state: 'failed',
      failure: {
        code: 'installer.exitCode',
        params: { exitCode: 1, tail: text },
        stage: 'install',
        isRetryable: false,
      },
    }),
  );

const openedRun = (texts: readonly string[], log = '') =>
  DrawnConsole.open({
    ...size,
    snapshot: snapshot({ runs: [run('run')] }),
    answers: {
      watchRun: () => ok({ run: run('run'), devices: runRows(texts) }),
      readLog: () =>
        ok({ text: log, offset: 0, nextOffset: 1, sizeBytes: 1, attempt: 1, isComplete: true }) as never,
    },
  }).then(async (console) => {
    await console.openRun('run');
    return console;
  });

const sources: Record<string, Source> = {
  'device names and facts': collection('devices', 'unassigned', (rowId, text) =>
    device(rowId, {
      name: text,
      user: text,
      managedBy: text,
      facts: { osName: text, osFamily: 'other', architecture: text, bootId: null, seenAt: time },
    }),
  ),
  'group names': collection('groups', 'managed', (rowId, text) => group(rowId, text), 'managed'),
  'package names, versions, dependencies': collection('packages', 'packages', (rowId, text) =>
    installationPackage(rowId, {
      name: text,
      version: text,
      dependencies: [text],
      content: { sha256: 'a'.repeat(64), sizeBytes: 1, fileName: text },
    }),
  ),
  'task names': collection('tasks', 'tasks', (rowId, text) => task(rowId, { name: text, createdBy: text })),
  'account names': collection('accounts', 'accounts', (rowId, text) => ({
    ...account(rowId),
    name: text,
    user: text,
  })),
  'host keys': collection('hostKeys', 'hostKeys', (rowId, text) => ({
    ...hostKey(rowId, 'pending'),
    keyType: text,
    source: text,
    fingerprint: text,
    trustedBy: text,
  })),
  runs: collection('runs', 'runs', (rowId, text) =>
    run(rowId, { taskName: text, packageLabel: text, startedBy: text }),
  ),
  'reports and refused lines': {
    open: async (texts) => {
      const console = await DrawnConsole.open({ ...size, snapshot: snapshot() });
      await console.dispatch({ type: 'ui/overlayOpened', overlay: report(texts) });
      return console;
    },
    text: (console) => {
      const rows = console.rows();
      const y = rows.findIndex((row) => row.includes('Readiness'));
      const x = rows[y]!.indexOf('╭');
      return { x, y, width: rows[y]!.lastIndexOf('╮') - x + 1, height: rows.length - 2 * y + 1 };
    },
    change: (console, texts) => console.dispatch({ type: 'ui/overlayChanged', overlay: report(texts) }),
  },
  'failures of a run': {
    open: openedRun,
    // Its totals and causes flow.
    text: () => ({ x: -1, y: 0, width: size.width + 2, height: 7 }),
    change: (console, texts) =>
      console.dispatch({
        type: 'run/loaded',
        runId: 'run',
        run: run('run'),
        devices: runRows(texts),
      }),
  },
};

function report(texts: readonly string[]) {
  return {
    kind: 'report' as const,
    title: { key: 'console.report.readiness' as const },
    top: 0,
    // The first line makes the overlay as wide, and all of them make it as high as it can be.
    lines: [longest, ...texts, ...texts].map((plain) => ({ content: { plain }, role: 'text' as const })),
  };
}

/**
 * Cells that belong to the fields, or to words that follow them on their line: those in which long texts of different
 * letters and short ones differ, and in which all are cut.
 */
const fieldsOf = (first: SeenCell[][], ...others: SeenCell[][][]): boolean[][] =>
  first.map((row, y) =>
    row.map(({ text }, x) => text === '…' || others.some((other) => other[y]![x]!.text !== text)),
  );

const listed = Object.entries(sources).map(([name, source], i) => [name, source, chunksFor(i)] as const);

describe.each(listed)('B102, hostile strings as %s', (_name, source, chunks) => {
  it('change no cell but the field’s own, nor title, clipboard or mode', async () => {
    const console = await source.open(same('A'));
    const misdeeds = watchTerminal(console.screen);
    const before = cellsOf(console.screen);
    await source.change(console, same('B'));
    const other = cellsOf(console.screen);
    await source.change(console, Array(inSight).fill('C') as string[]);
    const isField = fieldsOf(before, other, cellsOf(console.screen));
    expect(isField.flat().filter(Boolean).length).toBeGreaterThan(inSight);
    for (const chunk of chunks) {
      await source.change(console, chunk);
      const text = source.text(console);
      const changed = cellsOf(console.screen).flatMap((row, y) =>
        row.flatMap((cell, x) => {
          const was = before[y]![x]!;
          if (isInside(text, x, y)) return [];
          const isOwn = isField[y]![x]!;
          const isBlank = isOwn && cell.text.trim() === '';
          return (cell.look !== was.look && !isBlank) || (!isOwn && cell.text !== was.text)
            ? [`${y}:${x} ${JSON.stringify(was.text)} -> ${JSON.stringify(cell.text)}: ${console.rows()[y]}`]
            : [];
        }),
      );
      expect(changed.slice(0, 3)).toEqual([]);
    }
    expect(foreignIn(console.written)).toBeNull();
    expect(misdeeds()).toEqual([]);
    console.close();
  }, 300_000);
});
