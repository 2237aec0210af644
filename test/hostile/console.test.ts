import { describe, expect, it } from 'vitest';
import type { Collections, CollectionName } from '../../src/domain/model.ts';
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
const size = { width: 110, height: inSight + 20 };
const strings = hostileStrings(5000);
const chunks = Array.from({ length: Math.ceil(strings.length / inSight) }, (_, i) =>
  Array.from({ length: inSight }, (_, row) => strings[(i * inSight + row) % strings.length]!),
);
const longest = 'A'.repeat(400);
const same = (text: string): string[] => Array(inSight).fill(text.repeat(400)) as string[];

/** One place where text of others is shown. */
interface Source {
  readonly open: (texts: readonly string[]) => Promise<DrawnConsole>;
  readonly change: (console: DrawnConsole, texts: readonly string[]) => Promise<void>;
}

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
      watchRun: () =>
        ok({ run: run('run'), devices: runRows(texts) }),
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
    change: (console, texts) => console.dispatch({ type: 'ui/overlayChanged', overlay: report(texts) }),
  },
  'failures of a run': {
    open: openedRun,
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
    // The first line makes the overlay as wide as it can be.
    lines: [longest, ...texts].map((plain) => ({ content: { plain }, role: 'text' as const })),
  };
}

/** Cells that belong to the fields: where long texts of one letter differ from those of another, and where both are cut. */
const fieldsOf = (a: SeenCell[][], b: SeenCell[][]): boolean[][] =>
  a.map((row, y) => row.map((cell, x) => cell.text !== b[y]![x]!.text || cell.text === '…'));

describe.each(Object.entries(sources))('B102, 5,000 hostile strings as %s', (_name, source) => {
  it('change no cell but the field’s own, nor title, clipboard or mode', async () => {
    const console = await source.open(same('A'));
    const misdeeds = watchTerminal(console.screen);
    const before = cellsOf(console.screen);
    await source.change(console, same('B'));
    const isField = fieldsOf(before, cellsOf(console.screen));
    expect(isField.flat().filter(Boolean).length).toBeGreaterThan(inSight);
    for (const chunk of chunks) {
      await source.change(console, chunk);
      const changed = cellsOf(console.screen).flatMap((row, y) =>
        row.flatMap((cell, x) => {
          const was = before[y]![x]!;
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
  });
});
