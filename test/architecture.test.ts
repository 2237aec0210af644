import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const src = fileURLToPath(new URL('../src', import.meta.url));

interface Import {
  readonly from: string;
  /** A path below src/ or a package's name. */
  readonly to: string;
  readonly isTypeOnly: boolean;
}

const sourceFiles = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) =>
  /\.tsx?$/.test(name),
);

function importsOf(file: string): Import[] {
  const text = readFileSync(join(src, file), 'utf8');
  const statements = text.matchAll(
    /^\s*(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?'([^']+)'|\bimport\('([^']+)'\)/gm,
  );
  return [...statements].map(([, type, fromClause, dynamic]) => {
    const target = fromClause ?? dynamic ?? '';
    const to = target.startsWith('.') ? relative(src, resolve(src, dirname(file), target)) : target;
    return { from: file, to, isTypeOnly: type !== undefined };
  });
}

const imports = sourceFiles.flatMap(importsOf);

const isNodeIo = (to: string) =>
  /^node:(fs|net|child_process|http|https|tls|dgram|dns|worker_threads|readline|tty)/.test(to);
const isBelow =
  (...folders: string[]) =>
  (path: string) =>
    folders.some((folder) => path.startsWith(`${folder}/`));
const isPackage =
  (...names: string[]) =>
  (to: string) =>
    names.some((name) => to === name || to.startsWith(`${name}/`));
const either =
  (...tests: ((path: string) => boolean)[]) =>
  (path: string) =>
    tests.some((test) => test(path));

const isInk = isPackage('ink', 'react', 'ink-select-input', 'ink-text-input');

/** Architecture, "Who may import whom". `isTypeAllowed`: a type costs nothing at run time. */
const rules: readonly {
  readonly name: string;
  readonly from: (file: string) => boolean;
  readonly never: (to: string) => boolean;
  readonly isTypeAllowed?: boolean;
}[] = [
  {
    name: 'shared knows nothing of the domain',
    from: isBelow('shared'),
    never: (to) => to.includes('/') && !to.startsWith('shared/') && !to.startsWith('node:'),
  },
  {
    name: 'domain and protocol do no I/O and draw nothing',
    from: isBelow('domain', 'protocol'),
    never: either(
      isNodeIo,
      isInk,
      isBelow('server', 'console', 'cli', 'client', 'delivery', 'packages', 'job'),
    ),
  },
  {
    name: 'packages, delivery and job stand below server and faces',
    from: isBelow('packages', 'delivery', 'job'),
    never: either(isBelow('server', 'agent', 'console', 'cli', 'i18n', 'client'), isInk),
  },
  {
    name: 'the server draws nothing and speaks no language',
    from: isBelow('server', 'agent'),
    never: either(isBelow('console', 'cli', 'i18n', 'client'), isInk),
  },
  {
    name: 'console and cli reach the server only through the client',
    from: isBelow('console', 'cli'),
    never: either(isBelow('server', 'delivery', 'job'), isPackage('lowdb', 'ssh2')),
    isTypeAllowed: true,
  },
  {
    name: 'console does no file I/O outside terminal/ and main.tsx',
    from: (file) =>
      file.startsWith('console/') && !file.startsWith('console/terminal/') && file !== 'console/main.tsx',
    never: isPackage('node:fs', 'node:fs/promises'),
  },
  {
    name: 'the console and the client load no validation code',
    from: isBelow('console', 'client'),
    never: either(isPackage('zod'), (to) => to === 'domain/schema.ts' || to === 'protocol/commands.ts'),
    isTypeAllowed: true,
  },
  {
    name: 'the engine knows only the registries',
    from: isBelow('server/engine'),
    never: either(isBelow('delivery/methods', 'packages/formats'), isPackage('ssh2')),
  },
  {
    name: 'view models and reducers are free of ink and react',
    from: (file) => isBelow('console/viewmodels')(file) || /(^|\/)(reduce|reducer)\w*\.ts$/i.test(file),
    never: isInk,
  },
  {
    name: 'widgets get their text as props',
    from: isBelow('console/widgets'),
    never: isBelow('domain', 'console/state', 'console/screens', 'i18n'),
    isTypeAllowed: true,
  },
  {
    name: 'lowdb is opened only by the store',
    from: (file) => !file.startsWith('server/store/'),
    never: isPackage('lowdb'),
  },
  {
    name: 'ssh2 is known to the SSH method and the demo fleet only',
    from: (file) => !file.startsWith('delivery/methods/ssh/') && !file.startsWith('demo/'),
    never: isPackage('ssh2'),
  },
];

/** Folders whose files never import a sibling: what they share stands elsewhere. */
const siblings = [/^packages\/formats\/[^/]+$/, /^console\/wizard\/steps\/[^/]+$/];
const methodOf = (path: string) => /^delivery\/methods\/([^/.]+)/.exec(path)?.[1];

describe('imports follow the architecture', () => {
  it('reads real imports', () => {
    expect(imports.length).toBeGreaterThan(100);
  });

  it.each(rules)('$name', ({ from, never, isTypeAllowed }) => {
    const breaches = imports.filter(
      (one) => from(one.from) && never(one.to) && !(isTypeAllowed === true && one.isTypeOnly),
    );
    expect(breaches.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
  });

  it('formats, methods and wizard windows do not import a sibling', () => {
    const breaches = imports.filter(
      ({ from, to }) =>
        siblings.some((folder) => folder.test(from) && folder.test(to)) ||
        (methodOf(from) !== undefined && methodOf(to) !== undefined && methodOf(from) !== methodOf(to)),
    );
    expect(breaches.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
  });

  it('exports names only', () => {
    const defaults = sourceFiles.filter((file) =>
      /^export default/m.test(readFileSync(join(src, file), 'utf8')),
    );
    expect(defaults).toEqual([]);
  });
});
