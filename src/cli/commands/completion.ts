import { ok } from '../../shared/result.ts';
import { completionScripts, type ShellName } from '../completion/shells.ts';
import { type Command, defineCommand, exitStatuses } from '../program/command.ts';

const examples: Readonly<Record<ShellName, string>> = {
  bash: 'haifu completion bash > ~/.local/share/bash-completion/completions/haifu',
  zsh: 'haifu completion zsh > ~/.zfunc/_haifu',
  fish: 'haifu completion fish > ~/.config/fish/completions/haifu.fish',
};

const printer = (shell: ShellName): Command =>
  defineCommand({
    name: shell,
    summary: `cli.completion.${shell}`,
    positionals: [],
    options: {},
    examples: [examples[shell]],
    run: async () => {
      process.stdout.write(completionScripts[shell]);
      return ok(exitStatuses.good);
    },
  });

export const completionCommands: readonly Command[] = [printer('bash'), printer('zsh'), printer('fish')];
