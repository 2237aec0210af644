import { type FileHandle, mkdir, open, readdir, rename, unlink } from 'node:fs/promises';

/** An open file, reduced to what durable writing needs. Any call may reject with a Node system error. */
export interface OpenFile {
  /** Writes all of `bytes` at `position`. */
  write(bytes: Uint8Array, position: number): Promise<void>;
  /** Fills up to `bytes.length` bytes; the number read is 0 at the end. */
  read(bytes: Uint8Array, position: number): Promise<number>;
  truncate(length: number): Promise<void>;
  /** Resolves when content and length are on the disk. */
  sync(): Promise<void>;
  stat(): Promise<{ sizeBytes: number; uid: number }>;
  close(): Promise<void>;
}

/**
 * The disk as the store sees it: small enough for tests to put a failing or power-losing one in its place.
 * createNew fails if anything, a symbolic link included, has the name; it makes mode 0600.
 */
export interface FileSystem {
  open(path: string, how: 'read' | 'readWrite' | 'createNew'): Promise<OpenFile>;
  rename(from: string, to: string): Promise<void>;
  unlink(path: string): Promise<void>;
  /** Names in the folder, in no order. */
  list(folder: string): Promise<string[]>;
  /** Makes one folder with mode 0700; an existing one is left as it is. */
  makeFolder(path: string): Promise<void>;
  /** Resolves when the folder's names are on the disk. */
  syncFolder(path: string): Promise<void>;
}

const flags = { read: 'r', readWrite: 'r+', createNew: 'wx+' } as const;

class RealFile implements OpenFile {
  readonly #handle: FileHandle;
  constructor(handle: FileHandle) {
    this.#handle = handle;
  }
  async write(bytes: Uint8Array, position: number): Promise<void> {
    for (let done = 0; done < bytes.length; ) {
      const { bytesWritten } = await this.#handle.write(bytes, done, bytes.length - done, position + done);
      done += bytesWritten;
    }
  }
  async read(bytes: Uint8Array, position: number): Promise<number> {
    let done = 0;
    while (done < bytes.length) {
      const { bytesRead } = await this.#handle.read(bytes, done, bytes.length - done, position + done);
      if (bytesRead === 0) break;
      done += bytesRead;
    }
    return done;
  }
  truncate(length: number): Promise<void> {
    return this.#handle.truncate(length);
  }
  sync(): Promise<void> {
    return this.#handle.datasync();
  }
  async stat(): Promise<{ sizeBytes: number; uid: number }> {
    const { size, uid } = await this.#handle.stat();
    return { sizeBytes: size, uid };
  }
  close(): Promise<void> {
    return this.#handle.close();
  }
}

export const realFileSystem: FileSystem = {
  open: async (path, how) => new RealFile(await open(path, flags[how], 0o600)),
  rename,
  unlink,
  list: (folder) => readdir(folder),
  async makeFolder(path) {
    await mkdir(path, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  },
  async syncFolder(path) {
    const handle = await open(path, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  },
};
