// Bundles src/ into dist/: one entry for the program, one for the delivery worker. Commands stay separate
// chunks, so that a command loads only what it needs.
import { chmod, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { inkCaches } from './inkCaches.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
await rm(`${root}/dist`, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: {
    main: 'src/main.ts',
    worker: 'src/server/workers/workerEntry.ts',
    fleet: 'src/demo/fleetEntry.ts',
  },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  jsx: 'automatic',
  minify: true,
  keepNames: true,
  sourcemap: false,
  legalComments: 'linked',
  external: ['ssh2', 'cpu-features', '*.node', 'react-devtools-core'],
  define: { 'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"' },
  banner: {
    js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);",
  },
  logLevel: 'warning',
  plugins: [inkCaches],
});
await chmod(`${root}/bin/haifu`, 0o755);
