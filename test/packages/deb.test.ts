import { describe, expect, it } from 'vitest';
import { deb } from '../../src/packages/formats/deb.ts';
import { buildDeb, sampleControl, sourceOf } from './builders.ts';

describe('a .deb made by dpkg-deb', () => {
  it.each(['gzip', 'xz', 'zstd', 'none'])('with %s says what it is', async (compression) => {
    const read = await deb.read(sourceOf('sample.deb', buildDeb(compression)));
    expect(read).toEqual({
      ok: true,
      value: {
        format: 'deb',
        name: 'haifu-sample',
        version: '2:1.4.2-3',
        platform: 'linux',
        architecture: 'amd64',
        dependencies: ['libc6 (>= 2.34)', 'adduser', 'libssl3 (>= 3.0) | libssl1.1'],
        plainDeb: {
          name: 'haifu-sample',
          version: '2:1.4.2-3',
          needs: ['libc6 (>= 2.34)', 'adduser', 'libssl3 (>= 3.0) | libssl1.1'],
        },
      },
    });
  });

  it('is detected by dpkg with name and version', async () => {
    const read = await deb.read(sourceOf('sample.deb', buildDeb('gzip')));
    expect(read.ok && deb.defaultDetection(read.value)).toEqual({
      kind: 'dpkg',
      name: 'haifu-sample',
      version: '2:1.4.2-3',
    });
  });

  it('with an architecture that nothing here runs on is refused', async () => {
    const control = sampleControl.replace('amd64', 'm68k');
    expect(await deb.read(sourceOf('s.deb', buildDeb('gzip', control)))).toMatchObject({
      failure: { code: 'package.unreadable', params: { reason: 'architecture', fileName: 's.deb' } },
    });
  });

  it.each(['gzip', 'xz', 'zstd'])('with %s, cut anywhere, is said to be truncated', async (compression) => {
    const whole = buildDeb(compression);
    for (let length = 21; length < whole.length; length += 37) {
      const read = await deb.read(sourceOf('sample.deb', whole.subarray(0, length)));
      expect([length, read.ok ? 'read' : read.failure.code]).toEqual([length, 'package.truncated']);
    }
  });
});
