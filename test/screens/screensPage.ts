import type { Scene } from './scenes.ts';

const headings: Record<Scene['part'], string> = {
  workspaces: 'Workspaces of the console tree',
  wizard: 'The remote installation wizard',
  run: 'A run',
  overlays: 'Menus, forms, questions and reports',
  states: 'Other states',
};

/** docs/screens/README.md: every screen in both languages, side by side. */
export function screensPage(scenes: readonly Pick<Scene, 'part' | 'name'>[]): string {
  const cell = (name: string, language: string) =>
    `<a href="${name}.${language}.svg"><img src="${name}.${language}.svg" width="480" alt="${name}, ${language}"></a>`;
  const parts = (Object.keys(headings) as Scene['part'][]).map((part) => {
    const names = scenes.filter((scene) => scene.part === part).map(({ name }) => name);
    const rows = names.map(
      (name) =>
        `| [${name}](text/${name}.en.txt) · [ja](text/${name}.ja.txt)<br>${cell(name, 'en')} | ${cell(name, 'ja')} |`,
    );
    return `## ${headings[part]}\n\n| English | 日本語 |\n|---|---|\n${rows.join('\n')}\n`;
  });
  return `# Every screen

Drawn by the console's own code (\`test/screens/\`) for a fleet that is made up: the pictures at 100×30, the texts behind
the names at 80×24. \`npm test\` compares the texts; \`npm run screens\` draws everything anew.

${parts.join('\n')}`;
}
