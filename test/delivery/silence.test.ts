import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  account,
  attemptOrder,
  deliverOverSsh,
  RecordingReporter,
  scriptPackage,
} from './attemptFixtures.ts';
import { startLineProxy } from './lineProxy.ts';
import { sshdProgram, sshKeygen, startRealSshd } from './realSshd.ts';

describe.skipIf(sshdProgram === null).concurrent('a line that falls silent without a word', () => {
  it.each([
    ['while bytes are on their way', 'transfer'],
    ['while the installer runs', 'install'],
  ])(
    '%s: is given up and made again',
    async (_name, where) => {
      const sshd = await startRealSshd();
      const line = await startLineProxy(sshd.port);
      try {
        sshKeygen('-q', '-t', 'ed25519', '-N', '', '-f', join(sshd.folder, 'key'));
        await sshd.allow(await readFile(join(sshd.folder, 'key.pub'), 'utf8'));
        const admin = account('acc-a', sshd.user, {
          privateKey: await readFile(join(sshd.folder, 'key'), 'utf8'),
        });
        const content = Buffer.concat([
          Buffer.from(`echo began; echo run >> ${join(sshd.folder, 'runs')}; sleep 3; echo done; exit 0\n`),
          randomBytes(8_000_000),
        ]);
        const reporter = new RecordingReporter();
        let isDone = false;
        const fallSilent = (): void => {
          if (isDone) return;
          isDone = true;
          line.blackhole();
          setTimeout(() => line.healNew(), 2000);
        };
        if (where === 'transfer') reporter.onProgress = (sent) => sent > 3_000_000 && fallSilent();
        else reporter.onLog = fallSilent;
        await deliverOverSsh(
          attemptOrder(
            {
              device: { name: 'd', address: '127.0.0.1', port: line.port, user: null, jumpHost: null },
              accounts: [admin],
              trust: { policy: 'acceptNew', pins: [], knownHostsFiles: [] },
              ...(await scriptPackage(sshd.folder, content)),
            },
            { bandwidthBytesPerSecond: 4_000_000 },
          ),
          reporter,
          { silence: { transferMs: 4000, followMs: 8000 } },
        );
        expect(isDone).toBe(true);
        expect(reporter.last).toMatchObject({ state: 'succeeded', failure: null });
        expect(reporter.activities).toContain('reconnecting');
        expect(reporter.logged.match(/began|done/g)).toEqual(['began', 'done']);
        expect(await readFile(join(sshd.folder, 'runs'), 'utf8')).toBe('run\n');
      } finally {
        await line.stop();
        await sshd.stop();
      }
    },
    150_000,
  );
});
