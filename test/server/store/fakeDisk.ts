import { dirname } from 'node:path';
import type { FileSystem, OpenFile } from '../../../src/server/store/fileSystem.ts';

interface Inode {
  readonly number: number;
  content: Buffer;
}

type DiskOperation =
  | { readonly kind: 'write'; readonly inode: number; readonly position: number; readonly bytes: Buffer }
  | { readonly kind: 'truncate'; readonly inode: number; readonly length: number }
  | { readonly kind: 'sync'; readonly inode: number }
  | { readonly kind: 'create'; readonly path: string; readonly inode: number }
  | { readonly kind: 'rename'; readonly from: string; readonly to: string }
  | { readonly kind: 'unlink'; readonly path: string }
  | { readonly kind: 'syncFolder'; readonly path: string };

/** What a power cut does to writes that were not synced. */
export type Loss =
  | { readonly kind: 'drop' }
  | { readonly kind: 'keep' }
  | { readonly kind: 'tear'; readonly random: () => number };

export interface Fault {
  /** Counted from 1 over all calls. */
  readonly call: number;
  readonly code: 'ENOSPC' | 'EIO' | 'EROFS';
  /** Fails every later call, too. A full disk fails only calls that need space. */
  readonly isLasting: boolean;
}

const systemError = (code: string, syscall: string): Error =>
  Object.assign(new Error(`${code}, ${syscall}`), { code, syscall });

const needsSpace = (syscall: string): boolean => syscall === 'write' || syscall === 'createNew';

function written(content: Buffer, position: number, bytes: Buffer): Buffer {
  const result = Buffer.alloc(Math.max(content.length, position + bytes.length));
  content.copy(result);
  bytes.copy(result, position);
  return result;
}

function truncated(content: Buffer, length: number): Buffer {
  const result = Buffer.alloc(length);
  content.copy(result);
  return result;
}

/**
 * A disk in memory. It stands for the kernel and the drive: it can fail at the n-th call and lose, at any point,
 * what was not synced (names as well as content; names keep their order, as journalling file systems do). It
 * cannot show what a real drive does that lies about its syncs.
 */
export class FakeDisk implements FileSystem {
  readonly operations: DiskOperation[] = [];
  readonly names: Map<string, Inode>;
  calls = 0;
  fault: Fault | null = null;
  /** Called before each call, for tests that interfere. */
  onCall: (syscall: string, path: string) => void = () => {};
  #inodes: number;

  constructor(files: ReadonlyMap<string, Buffer> = new Map()) {
    this.#inodes = files.size;
    let number = 0;
    this.names = new Map([...files].map(([path, content]) => [path, { number: number++, content }]));
  }

  /** A copy of what is there now, as a killed process leaves it. */
  copy(): FakeDisk {
    return new FakeDisk(new Map([...this.names].map(([path, { content }]) => [path, content])));
  }

  /** The disk after a power cut behind the first `count` operations. The disk must have begun empty. */
  afterPowerCut(count: number, loss: Loss): FakeDisk {
    const durable = new Map<number, Buffer>();
    const pending = new Map<number, DiskOperation[]>();
    let names = new Map<string, number>();
    let pendingNames: DiskOperation[] = [];

    for (const operation of this.operations.slice(0, count)) {
      if (operation.kind === 'write' || operation.kind === 'truncate') {
        const list = pending.get(operation.inode) ?? [];
        pending.set(operation.inode, [...list, operation]);
      } else if (operation.kind === 'sync') {
        durable.set(operation.inode, applyData(durable.get(operation.inode), pending.get(operation.inode)));
        pending.delete(operation.inode);
      } else if (operation.kind === 'syncFolder') {
        names = applyNames(names, pendingNames);
        pendingNames = [];
      } else pendingNames.push(operation);
    }

    names = applyNames(names, survivors(pendingNames, loss));
    return new FakeDisk(
      new Map(
        [...names].map(([path, inode]) => {
          const rest = pending.get(inode) ?? [];
          return [path, applyData(durable.get(inode), survivingData(rest, loss))];
        }),
      ),
    );
  }

  #enter(syscall: string, path: string): void {
    this.calls++;
    this.onCall(syscall, path);
    const { fault } = this;
    if (fault === null || this.calls < fault.call) return;
    const isDue = fault.isLasting || this.calls === fault.call;
    if (isDue && (fault.code !== 'ENOSPC' || needsSpace(syscall))) throw systemError(fault.code, syscall);
  }

  #find(path: string, syscall: string): Inode {
    const inode = this.names.get(path);
    if (inode === undefined) throw systemError('ENOENT', syscall);
    return inode;
  }

  async open(path: string, how: 'read' | 'readWrite' | 'createNew'): Promise<OpenFile> {
    this.#enter(how, path);
    if (how !== 'createNew') return this.#file(this.#find(path, 'open'), path);
    if (this.names.has(path)) throw systemError('EEXIST', 'open');
    const inode = { number: this.#inodes++, content: Buffer.alloc(0) };
    this.names.set(path, inode);
    this.operations.push({ kind: 'create', path, inode: inode.number });
    return this.#file(inode, path);
  }

  #file(inode: Inode, path: string): OpenFile {
    const write = (bytes: Buffer, position: number) => {
      inode.content = written(inode.content, position, bytes);
      this.operations.push({ kind: 'write', inode: inode.number, position, bytes });
    };
    return {
      write: async (bytes, position) => {
        try {
          this.#enter('write', path);
        } catch (error) {
          write(Buffer.from(bytes.subarray(0, bytes.length >> 1)), position);
          throw error;
        }
        write(Buffer.from(bytes), position);
      },
      read: async (bytes, position) => {
        this.#enter('read', path);
        return inode.content.copy(bytes, 0, position);
      },
      truncate: async (length) => {
        this.#enter('truncate', path);
        inode.content = truncated(inode.content, length);
        this.operations.push({ kind: 'truncate', inode: inode.number, length });
      },
      sync: async () => {
        this.#enter('sync', path);
        this.operations.push({ kind: 'sync', inode: inode.number });
      },
      stat: async () => {
        this.#enter('stat', path);
        return { sizeBytes: inode.content.length, uid: process.geteuid?.() ?? 0 };
      },
      close: async () => this.#enter('close', path),
    };
  }

  async rename(from: string, to: string): Promise<void> {
    this.#enter('rename', to);
    const inode = this.#find(from, 'rename');
    this.names.delete(from);
    this.names.set(to, inode);
    this.operations.push({ kind: 'rename', from, to });
  }

  async unlink(path: string): Promise<void> {
    this.#enter('unlink', path);
    this.#find(path, 'unlink');
    this.names.delete(path);
    this.operations.push({ kind: 'unlink', path });
  }

  async list(folder: string): Promise<string[]> {
    this.#enter('list', folder);
    return [...this.names.keys()]
      .filter((path) => dirname(path) === folder)
      .map((path) => path.slice(folder.length + 1));
  }

  async makeFolder(path: string): Promise<void> {
    this.#enter('makeFolder', path);
  }

  async syncFolder(path: string): Promise<void> {
    this.#enter('syncFolder', path);
    this.operations.push({ kind: 'syncFolder', path });
  }
}

function applyData(content: Buffer = Buffer.alloc(0), operations: readonly DiskOperation[] = []): Buffer {
  let result = content;
  for (const operation of operations) {
    if (operation.kind === 'write') result = written(result, operation.position, operation.bytes);
    if (operation.kind === 'truncate') result = truncated(result, operation.length);
  }
  return result;
}

function applyNames(
  names: ReadonlyMap<string, number>,
  operations: readonly DiskOperation[],
): Map<string, number> {
  const result = new Map(names);
  for (const operation of operations) {
    if (operation.kind === 'create') result.set(operation.path, operation.inode);
    if (operation.kind === 'unlink') result.delete(operation.path);
    if (operation.kind === 'rename') {
      result.set(operation.to, result.get(operation.from)!);
      result.delete(operation.from);
    }
  }
  return result;
}

function survivors(operations: readonly DiskOperation[], loss: Loss): readonly DiskOperation[] {
  if (loss.kind === 'drop') return [];
  if (loss.kind === 'keep') return operations;
  return operations.slice(0, Math.floor(loss.random() * (operations.length + 1)));
}

/** Torn writes: any of them may be missing, or hold zeros where a part did not reach the drive. */
function survivingData(operations: readonly DiskOperation[], loss: Loss): readonly DiskOperation[] {
  if (loss.kind !== 'tear') return survivors(operations, loss);
  return operations.flatMap((operation): DiskOperation[] => {
    const luck = loss.random();
    if (luck < 0.2) return [];
    if (operation.kind !== 'write' || luck < 0.4) return [operation];
    const bytes = Buffer.from(operation.bytes);
    const at = Math.floor(loss.random() * bytes.length);
    if (luck < 0.7) return [{ ...operation, bytes: bytes.subarray(0, at) }];
    bytes.fill(0, at, Math.min(bytes.length, at + 1 + Math.floor(loss.random() * 64)));
    return [{ ...operation, bytes }];
  });
}

/** Repeatable random numbers from 0 to 1 (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
