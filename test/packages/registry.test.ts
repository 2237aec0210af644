import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { packageFormats, recognise } from '../../src/packages/registry.ts';
import { buildDeb, buildTar, buildZip, sourceOf } from './builders.ts';

const recognised = async (fileName: string, bytes: Buffer) => {
  const outcome = await recognise(sourceOf(fileName, bytes));
  return outcome.ok ? outcome.value.id : { code: outcome.failure.code, ...outcome.failure.params };
};
const zip = buildZip([{ path: 'a' }]);

describe('recognise', () => {
  it.each<[string, Buffer, string]>([
    ['a.deb', buildDeb('gzip'), 'deb'],
    ['no ending', buildDeb('gzip'), 'deb'],
    ['a.tar.gz', gzipSync(buildTar([])), 'archive'],
    ['A.ZIP', zip, 'archive'],
    ['a.run', Buffer.from('#!/bin/sh\n'), 'script'],
    ['a.bin', Buffer.from('\x7fELF', 'latin1'), 'script'],
  ])('%s', async (fileName, bytes, id) => {
    expect(await recognised(fileName, bytes)).toBe(id);
  });

  it.each<[string, Buffer, string]>([
    ['a.deb', zip, 'zip'],
    ['a.deb', Buffer.from('<!DOCTYPE html><title>404'), 'HTML'],
    ['a.tar.gz', zip, 'zip'],
    ['a.rpm', Buffer.from('404: Not Found'), 'text'],
    ['a.zip', buildDeb('gzip'), 'deb'],
    ['a.sh', Buffer.from('\x7fELF', 'latin1'), 'ELF'],
  ])('%s that is something else says what', async (fileName, bytes, actual) => {
    expect(await recognised(fileName, bytes)).toMatchObject({
      code: 'package.mislabelled',
      fileName,
      actual,
    });
  });

  it.each(['a.deb', 'a.rpm', 'a.zip', 'a.tar.xz'])('an empty %s is truncated', async (fileName) => {
    expect(await recognised(fileName, Buffer.alloc(0))).toMatchObject({ code: 'package.truncated' });
  });

  it('a file of no known kind', async () => {
    expect(await recognised('notes.txt', Buffer.from('hello'))).toMatchObject({
      code: 'package.unsupportedFormat',
    });
  });

  it('never throws for what is in a file', async () => {
    const heads = [
      buildDeb('gzip'),
      zip,
      gzipSync(buildTar([{ path: 'a' }])),
      Buffer.from('edabeedb0300', 'hex'),
    ];
    for (let round = 0; round < 600; round++) {
      const whole = Buffer.concat([heads[round % heads.length]!, randomBytes(300)]);
      for (let flips = 0; flips < 1 + (round % 6); flips++)
        whole[Math.floor(Math.random() * whole.length)] = Math.floor(Math.random() * 256);
      const cut = whole.subarray(0, Math.floor(Math.random() * (whole.length + 1)));
      for (const format of packageFormats) {
        const read = await format.read(sourceOf('fuzz', cut));
        if (!read.ok) expect(read.failure.code).toMatch(/^package\./);
      }
    }
  });
});
