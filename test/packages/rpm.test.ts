import { describe, expect, it } from 'vitest';
import { rpm } from '../../src/packages/formats/rpm.ts';
import { buildRpm, isInstalled, sourceOf } from './builders.ts';

/** rpmbuild makes the packages; without it there is nothing real to read. */
describe.skipIf(!isInstalled('rpmbuild'))('an .rpm made by rpmbuild', () => {
  const head = `Name: haifu-sample
Version: 1.4.2
Release: 3
Requires: bash >= 4.0
Requires: coreutils`;

  it('says what it is', async () => {
    const read = await rpm.read(sourceOf('sample.rpm', buildRpm(`${head}\nBuildArch: noarch`)));
    expect(read).toEqual({
      ok: true,
      value: {
        format: 'rpm',
        name: 'haifu-sample',
        version: '1.4.2-3',
        platform: 'linux',
        architecture: 'all',
        dependencies: ['bash >= 4.0', 'coreutils'],
      },
    });
    expect(read.ok && rpm.defaultDetection(read.value)).toEqual({
      kind: 'rpm',
      name: 'haifu-sample',
      version: '1.4.2-3',
    });
  });

  it('has its epoch in the version and its architecture in Debian words', async () => {
    const read = await rpm.read(sourceOf('sample.rpm', buildRpm(`${head}\nEpoch: 7`, 'x86_64')));
    expect(read).toMatchObject({ value: { version: '7:1.4.2-3', architecture: 'amd64' } });
  });

  it('cut anywhere is said to be truncated', async () => {
    const whole = buildRpm(`${head}\nBuildArch: noarch`);
    for (let length = 4; length < whole.length; length += 41) {
      const read = await rpm.read(sourceOf('sample.rpm', whole.subarray(0, length)));
      expect([length, read.ok ? 'read' : read.failure.code]).toEqual([length, 'package.truncated']);
    }
  });
});
