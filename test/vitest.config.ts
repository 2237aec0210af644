import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
// @ts-expect-error A script of the build, without types.
import { withInkCaches } from '../bin/inkCaches.mjs';

// React's development build draws three times slower.
process.env.NODE_ENV = 'production';

/** Devices, terminals, servers and disks are real, and so are their bad moments: a failure must come back to count. */
const retry = process.env.CI ? 2 : 0;
const root = fileURLToPath(new URL('..', import.meta.url));

/** Tests draw with the Ink that the program is built with. */
const inkCaches = {
  name: 'ink-caches',
  enforce: 'pre' as const,
  load: (path: string): string | null =>
    path.endsWith('.js') && path.includes('node_modules')
      ? withInkCaches(path, readFileSync(path, 'utf8'))
      : null,
};
const inkPackages = [
  'ink',
  'string-width',
  '@alcalzone/ansi-tokenize',
  'slice-ansi',
  'wrap-ansi',
  'yoga-layout',
];

// One group after the other: what waits for real devices or terminals is not to compete with everything else.
export default defineConfig({
  root,
  test: {
    projects: [
      {
        root,
        plugins: [inkCaches],
        test: {
          name: 'unit',
          server: { deps: { inline: inkPackages } },
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/lab/**', 'test/journeys/**'],
          sequence: { groupOrder: 0 },
          retry,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        root,
        test: {
          name: 'journeys',
          include: ['test/journeys/**/*.test.ts'],
          sequence: { groupOrder: 1 },
          retry,
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        root,
        test: {
          name: 'lab',
          include: ['test/lab/**/*.test.ts'],
          globalSetup: ['test/lab/globalSetup.ts'],
          sequence: { groupOrder: 2 },
          retry,
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
