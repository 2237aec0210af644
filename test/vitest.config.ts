import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Devices and terminals are real, and so are their bad moments: there a failure must come back to count. */
const retry = process.env.CI ? 2 : 0;
const root = fileURLToPath(new URL('..', import.meta.url));

// One group after the other: what waits for real devices or terminals is not to compete with everything else.
export default defineConfig({
  root,
  test: {
    projects: [
      {
        root,
        test: {
          name: 'unit',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/lab/**', 'test/journeys/**'],
          sequence: { groupOrder: 0 },
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
