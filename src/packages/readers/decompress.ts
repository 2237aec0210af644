import { Readable } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import xzDecompress from 'xz-decompress';
import { FailureError } from '../../domain/failure.ts';
import { tooLarge, truncated, unreadable } from './reading.ts';

export type Compression = 'none' | 'gzip' | 'xz' | 'zstd';

/**
 * Unpacks a stream of bytes, at most `limitBytes` of them (`package.tooLarge`: a bomb). A stream that ends too
 * early is `package.truncated`, one that makes no sense `package.unreadable`.
 */
export async function* decompress(
  compression: Compression,
  packed: AsyncIterable<Buffer>,
  limitBytes: number,
): AsyncGenerator<Buffer> {
  let total = 0;
  try {
    for await (const chunk of unpacked(compression, packed)) {
      total += chunk.length;
      if (total > limitBytes) throw tooLarge(total, limitBytes);
      yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    }
  } catch (error) {
    throw error instanceof FailureError ? error : explain(error);
  }
}

function unpacked(compression: Compression, packed: AsyncIterable<Buffer>): AsyncIterable<Uint8Array> {
  switch (compression) {
    case 'none':
      return packed;
    case 'gzip':
      return through(packed, createGunzip());
    case 'zstd':
      return through(packed, createZstdDecompress());
    case 'xz':
      return unpackXz(packed);
  }
}

/** pipe() passes no errors on; the reader's failure must reach whoever reads the output. */
async function* through(packed: AsyncIterable<Buffer>, unpack: NodeJS.ReadWriteStream & Readable) {
  const input = Readable.from(packed, { objectMode: false });
  input.on('error', (error) => unpack.destroy(error));
  input.pipe(unpack);
  try {
    yield* unpack as AsyncIterable<Uint8Array>;
  } finally {
    input.destroy();
    unpack.destroy();
  }
}

/** The library says only that it failed: an input whose end is not a footer (`YZ`) was cut. */
async function* unpackXz(packed: AsyncIterable<Buffer>): AsyncGenerator<Uint8Array> {
  let end = Buffer.alloc(0);
  let isAtEnd = false;
  async function* watched() {
    for await (const chunk of packed) {
      end = Buffer.concat([end, chunk.subarray(-2)]).subarray(-2);
      yield chunk;
    }
    isAtEnd = true;
  }
  const input = Readable.from(watched(), { objectMode: false });
  const output = new xzDecompress.XzReadableStream(Readable.toWeb(input) as ReadableStream<Uint8Array>);
  const reader = output.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } catch (error) {
    throw error instanceof FailureError || !isAtEnd || end.toString('latin1') === 'YZ' ? error : truncated();
  } finally {
    await reader.cancel().catch(() => {});
    input.destroy();
  }
}

/** zlib: Z_BUF_ERROR; zstd: a code with "truncated" or "src size"; xz: no code at all. */
function explain(error: unknown): FailureError {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'Z_BUF_ERROR' || /unexpected end|truncated|src_?size/i.test(`${code} ${message}`))
    return truncated();
  return unreadable('damaged');
}
