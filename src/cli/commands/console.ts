import { ok } from '../../shared/result.ts';
import { defineCommand, type ExitStatus, exitStatuses } from '../program/command.ts';
import { consoleOptions } from '../program/usage.ts';

/** What `haifu` means without a command. */
export const consoleCommand = defineCommand({
  name: '',
  summary: 'cli.console.summary',
  positionals: [],
  options: consoleOptions,
  run: async ({ t, output, programs, dataFolder, language, isLanguageGiven }, { values }) => {
    if (values.version) {
      output.json({ version: programs.version });
      output.line(`haifu ${programs.version}`);
      return ok(exitStatuses.good);
    }
    if (process.stdin.isTTY !== true || process.stdout.isTTY !== true) {
      output.json({ error: { code: 'usage', message: t('cli.console.noTerminal') } });
      output.note(`haifu: ${t('cli.console.noTerminal')}`);
      return ok(exitStatuses.usage);
    }
    const status = await programs.runConsole({
      dataFolder,
      language,
      isLanguageGiven,
      isReadOnly: values['read-only'] === true,
      isScreenReader: values['screen-reader'] === true,
      ...(values['no-mouse'] ? { hasMouse: false } : {}),
    });
    return ok(status as ExitStatus);
  },
});
