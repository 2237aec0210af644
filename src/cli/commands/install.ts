import { failed } from '../../domain/failure.ts';
import { defaultTaskSettings } from '../../domain/taskSettings.ts';
import { ok } from '../../shared/result.ts';
import { sanitiseLine } from '../../shared/sanitise.ts';
import { accountsForTargets } from '../accountChoice.ts';
import { installTargets, packageForWord } from '../installTargets.ts';
import { onServer } from '../onServer.ts';
import { packageOptions } from '../packageOptions.ts';
import { showPlan } from '../planTask.ts';
import { defineCommand, exitStatuses } from '../program/command.ts';
import { startTask } from '../startTask.ts';
import { settingsChanges, taskOptions } from '../taskOptions.ts';

/** The wizard's twin: package, targets, settings, then the task is made, run and watched (B56). */
export const installCommand = defineCommand({
  name: 'install',
  summary: 'cli.install.summary',
  positionals: [{ name: 'PACKAGE|FILE' }],
  options: {
    device: { type: 'string', multiple: true, value: 'D', summary: 'cli.install.option.device' },
    group: { type: 'string', value: 'PATH', summary: 'cli.install.option.group' },
    address: { type: 'string', multiple: true, value: 'A', summary: 'cli.install.option.address' },
    from: { type: 'string', value: 'FILE', summary: 'cli.install.option.from' },
    name: { type: 'string', value: 'T', summary: 'cli.install.option.name' },
    'no-run': { type: 'boolean', summary: 'cli.install.option.noRun' },
    detach: { type: 'boolean', summary: 'cli.install.option.detach' },
    plan: { type: 'boolean', summary: 'cli.install.option.plan' },
    ...taskOptions,
    account: { ...taskOptions.account, summary: 'cli.install.option.account' },
    ...packageOptions,
  },
  examples: [
    'haifu install editor --group Tokyo/Web --account deploy',
    'haifu install ./editor_1.2_amd64.deb --address 10.0.0.5-20 --account deploy --host-key accept-new',
    'haifu install editor@1.2 --from devices.txt --account deploy --restart never --json',
  ],
  run: (context, { words, values }) =>
    onServer(context, async (server) => {
      const settings = defaultTaskSettings(context.t('cli.restartMessage'));
      const changes = settingsChanges(server.snapshot, values, settings);
      if (!changes.ok) return changes;
      const isAccountNamed = values.account.length > 0;
      // Before a package or a device is made.
      if (!isAccountNamed && server.snapshot.collections.accounts.length === 0)
        return failed('input.noAccount');
      const installationPackage = await packageForWord(context, server, words[0]!, values);
      if (!installationPackage.ok) return installationPackage;
      const targets = await installTargets(context, server, values);
      if (!targets.ok) return targets;
      const accounts = isAccountNamed ? ok({}) : accountsForTargets(context, server, targets.value);
      if (!accounts.ok) return accounts;
      const order = {
        packageId: installationPackage.value.id,
        targets: targets.value,
        settings: { ...settings, ...changes.value, ...accounts.value },
      };
      if (values.plan) return showPlan(context, server, order);
      const created = await server.call('createTask', {
        ...order,
        name: values.name ?? null,
        language: context.language,
      });
      if (!created.ok) return created;
      const { task } = created.value;
      const said = { number: task.number, name: sanitiseLine(task.name) };
      context.output.line(context.t('cli.install.created', said));
      if (values['no-run']) {
        context.output.json({ task });
        const later = context.hint(`task run ${task.number}`);
        if (later !== null) context.output.line(`${context.t('cli.install.runLater')}: ${later}`);
        return ok(exitStatuses.good);
      }
      return startTask(context, server, task.id, values.detach);
    }),
});
