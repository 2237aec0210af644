import { beforeAll, describe, expect, it, vi } from 'vitest';
import { FakeDisk, randomFrom } from './fakeDisk.ts';
import {
  accepted,
  commitChanges,
  contentOf,
  failureOf,
  folder,
  openOn,
  putDevices,
  sampleDevice,
  turns,
} from './sampleStore.ts';

vi.setConfig({ testTimeout: 300_000 });

const journal = `${folder}/changes.ndjson`;
const current = `${folder}/store.json`;

/** Three generations, finished segments and a journal of five records. */
async function grow(): Promise<{ disk: FakeDisk; contents: string[] }> {
  const disk = new FakeDisk();
  let store = accepted(await openOn(disk, { snapshotIntervalMs: 0 }));
  const contents = [contentOf(store.model)];
  const commit = async (index: number) => {
    accepted(await commitChanges(store, putDevices(sampleDevice(index), sampleDevice(0, `v${index}`))));
    contents.push(contentOf(store.model));
  };
  for (let index = 1; index <= 6; index++) {
    await commit(index);
    await turns(20);
  }
  await store.close();
  store = accepted(await openOn(disk));
  for (let index = 7; index <= 11; index++) await commit(index);
  return { disk, contents };
}

let grown: Awaited<ReturnType<typeof grow>>;
let files: Map<string, Buffer>;
beforeAll(async () => {
  grown = await grow();
  files = new Map([...grown.disk.names].map(([path, { content }]) => [path, content]));
});

const withFile = (path: string, content: Buffer): FakeDisk => new FakeDisk(new Map(files).set(path, content));
const namesOf = (disk: FakeDisk): string[] =>
  [...disk.names.keys()].map((path) => path.slice(folder.length + 1)).sort();

it('keeps three generations and the journal that the oldest needs', () => {
  expect(namesOf(grown.disk)).toEqual([
    'changes.4.ndjson',
    'changes.5.ndjson',
    'changes.ndjson',
    'store.4.json',
    'store.5.json',
    'store.json',
  ]);
});

describe('a journal', () => {
  it('that ends at any byte of its last three records loses what is not whole, and says so', async () => {
    const whole = files.get(journal)!;
    const ends = [...whole.toString('latin1').matchAll(/\n/g)].map(({ index }) => index + 1);
    expect(ends).toHaveLength(6);
    for (let length = ends[2]!; length <= whole.length; length++) {
      const disk = withFile(journal, whole.subarray(0, length));
      const store = accepted(await openOn(disk));
      const records = ends.filter((end) => end <= length).length - 1;
      expect(store.seq).toBe(6 + records);
      expect(contentOf(store.model)).toBe(grown.contents[store.seq]);
      const offset = ends[records]!;
      const bytes = length - offset;
      expect(store.notices).toEqual(
        bytes === 0
          ? []
          : [
              expect.objectContaining({
                code: 'store.tailCut',
                params: { file: 'changes.ndjson', offset, bytes },
              }),
            ],
      );
      expect(disk.names.get(journal)!.content.length).toBe(offset);
      if (length % 10 === 0) expect(accepted(await openOn(disk)).notices).toEqual([]);
    }
  });

  it('that is damaged in the middle is refused with file and offset, and left alone', async () => {
    const whole = files.get(journal)!;
    const second = whole.indexOf('\n') + 1;
    const bad = Buffer.from(whole);
    bad[second + 40]! ^= 1;
    const disk = withFile(journal, bad);
    expect(failureOf(await openOn(disk))).toMatchObject({
      code: 'store.damaged',
      params: { file: 'changes.ndjson', offset: second, place: `offset ${second}` },
    });
    expect(disk.operations).toEqual([]);
  });

  it('that lost a record in the middle, or a whole segment, is refused', async () => {
    const lines = files.get(journal)!.toString().split('\n');
    const disk = withFile(journal, Buffer.from(lines.toSpliced(2, 1).join('\n')));
    expect(failureOf(await openOn(disk))).toMatchObject({
      code: 'store.damaged',
      params: { file: 'changes.ndjson' },
    });
    const older = new Map(files);
    older.delete(current);
    older.delete(`${folder}/changes.5.ndjson`);
    expect(failureOf(await openOn(new FakeDisk(older)))).toMatchObject({
      code: 'store.damaged',
      params: { file: 'changes.5.ndjson', place: 'missing' },
    });
  });

  it('that is missing is said', async () => {
    const disk = new FakeDisk(new Map([[current, files.get(current)!]]));
    const store = accepted(await openOn(disk));
    expect([store.seq, store.notices]).toMatchObject([6, [{ code: 'store.journalMissing' }]]);
    accepted(await commitChanges(store, putDevices(sampleDevice(1))));
    expect(accepted(await openOn(disk)).seq).toBe(7);
  });

  it('of another store is refused', async () => {
    const other = await grow();
    const disk = withFile(journal, other.disk.names.get(journal)!.content);
    expect(failureOf(await openOn(disk))).toMatchObject({
      code: 'store.damaged',
      params: { file: 'changes.ndjson', place: 'storeId' },
    });
  });
});

describe('a bad snapshot', () => {
  const broken = (content: Buffer): Buffer => {
    const bad = Buffer.from(content);
    bad[content.length >> 1]! ^= 4;
    return bad;
  };

  it.each([1, 2])('is set aside and nothing is lost, with %i bad generations', async (count) => {
    const names = ['store.json', 'store.5.json'].slice(0, count);
    const disk = new FakeDisk(
      new Map(
        [...files].map(([path, content]) => [
          path,
          names.includes(path.slice(6)) ? broken(content) : content,
        ]),
      ),
    );
    const store = accepted(await openOn(disk, { snapshotIntervalMs: 0 }));
    expect(contentOf(store.model)).toBe(grown.contents[11]);
    expect(store.notices).toMatchObject(
      names.map((file) => ({
        code: 'store.generationUsed',
        params: { file, setAside: `damaged-20260131T120000000Z-${file}` },
      })),
    );
    await store.close();
    const again = accepted(await openOn(disk));
    expect([contentOf(again.model), again.notices]).toEqual([grown.contents[11], []]);
    expect(namesOf(disk)).toContain(`damaged-20260131T120000000Z-store.json`);
  });

  it('is refused when no generation is good, and nothing is touched', async () => {
    const disk = new FakeDisk(
      new Map(
        [...files].map(([path, content]) => [path, path.endsWith('.json') ? broken(content) : content]),
      ),
    );
    const before = namesOf(disk);
    expect(failureOf(await openOn(disk)).code).toBe('store.damaged');
    expect([namesOf(disk), disk.operations]).toEqual([before, []]);
  });

  it.each(['', 'null', 'false', '{}', '\0\0\0\0', '{"schemaVersion":1'])('can be %j', async (text) => {
    const store = accepted(await openOn(withFile(current, Buffer.from(text))));
    expect(contentOf(store.model)).toBe(grown.contents[11]);
    expect(store.notices).toMatchObject([{ code: 'store.generationUsed' }]);
  });
});

it('never crashes on, nor silently accepts, 2,000 flipped bits', async () => {
  const random = randomFrom(20260131);
  const paths = [...files.keys()].sort();
  const seen = { refused: 0, cut: 0, fellBack: 0, untouched: 0 };
  for (let round = 0; round < 2000; round++) {
    // Half of them where it matters most.
    const path = round % 2 === 0 ? journal : paths[Math.floor(random() * paths.length)]!;
    const content = Buffer.from(files.get(path)!);
    const at = Math.floor(random() * content.length);
    content[at]! ^= 1 << Math.floor(random() * 8);
    const opened = await openOn(withFile(path, content));
    if (!opened.ok) {
      expect(opened.failure).toMatchObject({ code: 'store.damaged', params: { file: path.slice(6) } });
      seen.refused++;
      continue;
    }
    const { model, seq, notices } = opened.value;
    expect(contentOf(model) === grown.contents[seq]).toBe(true);
    const code = notices[0]?.code;
    if (code === 'store.tailCut') {
      // Only the last record can be taken for a torn one.
      expect([path, seq]).toEqual([journal, 10]);
      seen.cut++;
    } else {
      expect(seq).toBe(11);
      if (code === undefined) {
        // Files of older generations that this start had no need of.
        expect(path).toMatch(/\.[45]\./);
        seen.untouched++;
      } else {
        expect([path, code]).toEqual([current, 'store.generationUsed']);
        seen.fellBack++;
      }
    }
  }
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(50);
});
