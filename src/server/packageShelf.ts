import { basename } from 'node:path';
import { failed, type Outcome } from '../domain/failure.ts';
import { openFileSource } from '../packages/fileSource.ts';
import type { DistributionPackage, PackageFormat } from '../packages/packageFormat.ts';
import { formatOf, packageFormats, recognise } from '../packages/registry.ts';
import { fail, ok } from '../shared/result.ts';
import type { ContentStore, StoredContent } from './store/contentStore.ts';

export interface SeenPackage {
  readonly format: PackageFormat;
  readonly distribution: DistributionPackage;
  readonly sizeBytes: number;
  readonly fileName: string;
}

/** Distribution packages: what a file says about itself, and its content once it is stored. */
export class PackageShelf {
  readonly formats = packageFormats;
  readonly #content: ContentStore;
  #lane: Promise<unknown> = Promise.resolve();

  constructor(content: ContentStore) {
    this.#content = content;
  }

  formatOf(id: string): PackageFormat | null {
    return formatOf(id);
  }

  /** Reads a file's own words without storing anything. */
  async inspect(path: string, fileName = basename(path)): Promise<Outcome<SeenPackage>> {
    if (!path.startsWith('/')) return failed('input.invalid', { field: 'path', expected: 'absolutePath' });
    const source = await openFileSource(path, fileName);
    if (!source.ok) return source;
    try {
      const format = await recognise(source.value);
      if (!format.ok) return format;
      const distribution = await format.value.read(source.value);
      if (!distribution.ok) return distribution;
      const { sizeBytes } = source.value;
      return ok({ format: format.value, distribution: distribution.value, sizeBytes, fileName });
    } catch (error) {
      const reason = (error as NodeJS.ErrnoException).code;
      if (reason === undefined) throw error;
      return failed('package.unreadable', { fileName, reason });
    } finally {
      await source.value.close();
    }
  }

  /**
   * Stores a file's content and calls `use` with what the stored bytes say; the file itself may change meanwhile.
   * Content that `use` refuses and that `isNeeded` does not know goes again.
   */
  take<T>(
    path: string,
    isNeeded: (sha256: string) => boolean,
    use: (seen: SeenPackage, content: StoredContent) => Promise<Outcome<T>>,
  ): Promise<Outcome<T>> {
    return this.#alone(async () => {
      const outside = await this.inspect(path);
      if (!outside.ok) return outside;
      const stored = await this.#content.add(path);
      if (!stored.ok) return stored;
      const { sha256 } = stored.value;
      const seen = await this.inspect(this.#content.pathOf(sha256), basename(path));
      const used = seen.ok ? await use(seen.value, stored.value) : fail(seen.failure);
      if (!used.ok && !isNeeded(sha256)) await this.#content.remove(sha256);
      return used;
    });
  }

  /** Removes content that no package needs any more. */
  drop(sha256: string, isNeeded: (sha256: string) => boolean): Promise<Outcome<void>> {
    return this.#alone(async () => (isNeeded(sha256) ? ok(undefined) : this.#content.remove(sha256)));
  }

  /** One at a time: content must not be removed between being stored and being named by a package. */
  #alone<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#lane.then(work);
    this.#lane = done.catch(() => {});
    return done;
  }
}
