import { resolve } from 'node:path';
import { failed } from '../../domain/failure.ts';
import type { InstallationPackage } from '../../domain/model.ts';
import { ok } from '../../shared/result.ts';
import { sanitiseLine } from '../../shared/sanitise.ts';
import { confirm } from '../ask.ts';
import { packageLicenseId } from '../licenseOptions.ts';
import { findAll, findPackage } from '../lookup.ts';
import { missing } from '../missing.ts';
import { onServer } from '../onServer.ts';
import { packageFields, packageOptions } from '../packageOptions.ts';
import { type Command, defineCommand, exitStatuses } from '../program/command.ts';
import { packageFieldLines } from '../show/packageFieldLines.ts';
import { printTable } from '../table.ts';
import { yesOption } from '../yesOption.ts';

const labelOf = ({ name, version }: InstallationPackage): string => sanitiseLine(`${name} ${version}`.trim());

const add = defineCommand({
  name: 'add',
  summary: 'cli.package.add.summary',
  positionals: [{ name: 'FILE', isRepeated: true }],
  options: {
    name: { type: 'string', value: 'NAME', summary: 'cli.package.option.name' },
    version: { type: 'string', value: 'VERSION', summary: 'cli.package.option.version' },
    license: { type: 'string', value: 'NAME|none', summary: 'cli.package.option.license' },
    ...packageOptions,
  },
  examples: [
    'haifu package add editor_1.2_amd64.deb',
    'haifu package add agent.tar.gz --command ./install.sh --detect file:/opt/agent/bin/agent',
  ],
  run: async (context, { words, values }) => {
    const fields = packageFields(values);
    if (!fields.ok) return fields;
    if (words.length > 1 && (values.name !== undefined || values.version !== undefined))
      return failed('input.invalid', { field: '--name', expected: 'oneFile' });
    return onServer(context, async (server) => {
      const licenseId = packageLicenseId(server.snapshot, values.license);
      if (!licenseId.ok) return licenseId;
      const added: { package: InstallationPackage; isReused: boolean }[] = [];
      for (const word of words) {
        const answer = await server.call('addInstallationPackage', {
          path: resolve(word),
          ...fields.value,
          ...(values.name === undefined ? {} : { name: values.name }),
          ...(values.version === undefined ? {} : { version: values.version }),
          ...(licenseId.value === undefined ? {} : { licenseId: licenseId.value }),
        });
        if (!answer.ok) return answer;
        added.push(answer.value);
        const key = answer.value.isReused ? 'cli.package.reused' : 'cli.package.added';
        context.output.line(
          context.t(key, { package: labelOf(answer.value.package), id: answer.value.package.id }),
        );
      }
      context.output.json({ packages: added.map((one) => ({ ...one.package, isReused: one.isReused })) });
      return ok(exitStatuses.good);
    });
  },
});

const list = defineCommand({
  name: 'list',
  summary: 'cli.package.list.summary',
  positionals: [],
  options: {},
  run: (context) =>
    onServer(context, async ({ snapshot }) => {
      const { t, output } = context;
      const { packages } = snapshot.collections;
      output.json({ packages });
      const columns = [
        { title: t('cli.column.name'), text: (one: InstallationPackage) => one.name },
        { title: t('cli.column.version'), text: (one: InstallationPackage) => one.version },
        { title: t('cli.column.format'), text: (one: InstallationPackage) => one.format },
        { title: t('cli.column.architecture'), text: (one: InstallationPackage) => one.architecture },
        {
          title: t('cli.column.bytes'),
          align: 'right' as const,
          text: (one: InstallationPackage) => String(one.content.sizeBytes),
        },
        { title: t('cli.column.id'), isWhole: true, text: (one: InstallationPackage) => one.id },
      ];
      printTable(context, columns, packages, 'package add FILE');
      return ok(exitStatuses.good);
    }),
});

const show = defineCommand({
  name: 'show',
  summary: 'cli.package.show.summary',
  positionals: [{ name: 'PACKAGE' }],
  options: {},
  run: (context, { words }) =>
    onServer(context, async ({ snapshot }) => {
      const found = findPackage(snapshot, words[0]!);
      if (!found.ok) return found;
      context.output.json({ package: found.value });
      const { licenses } = snapshot.collections;
      const license = licenses.find(({ id }) => id === found.value.licenseId)?.name ?? null;
      for (const line of packageFieldLines(context.t, found.value, license)) context.output.line(line);
      return ok(exitStatuses.good);
    }),
});

const set = defineCommand({
  name: 'set',
  summary: 'cli.package.set.summary',
  positionals: [{ name: 'PACKAGE' }],
  options: {
    name: { type: 'string', value: 'NAME', summary: 'cli.package.option.name' },
    license: { type: 'string', value: 'NAME|none', summary: 'cli.package.option.license' },
    ...packageOptions,
  },
  run: async (context, { words, values }) => {
    const fields = packageFields(values);
    if (!fields.ok) return fields;
    if (Object.keys(fields.value).length === 0 && values.name === undefined && values.license === undefined)
      return missing('change');
    return onServer(context, async (server) => {
      const found = findPackage(server.snapshot, words[0]!);
      if (!found.ok) return found;
      const licenseId = packageLicenseId(server.snapshot, values.license);
      if (!licenseId.ok) return licenseId;
      const answer = await server.call('updateInstallationPackage', {
        id: found.value.id,
        ...fields.value,
        ...(values.name === undefined ? {} : { name: values.name }),
        ...(licenseId.value === undefined ? {} : { licenseId: licenseId.value }),
      });
      if (!answer.ok) return answer;
      context.output.json({ package: answer.value.package });
      context.output.line(context.t('cli.changed', { name: labelOf(answer.value.package) }));
      return ok(exitStatuses.good);
    });
  },
});

const remove = defineCommand({
  name: 'remove',
  summary: 'cli.package.remove.summary',
  positionals: [{ name: 'PACKAGE', isRepeated: true }],
  options: yesOption,
  run: (context, { words, values }) =>
    onServer(context, async (server) => {
      const found = findAll(words, (word) => findPackage(server.snapshot, word));
      if (!found.ok) return found;
      const names = found.value.map(labelOf).join(', ');
      const sure = await confirm(context, context.t('cli.ask.remove', { names }), values.yes);
      if (!sure.ok) return sure;
      for (const { id } of found.value) {
        const answer = await server.call('removeInstallationPackage', { id });
        if (!answer.ok) return answer;
      }
      context.output.json({ removed: found.value.map(({ id }) => id) });
      context.output.line(context.t('cli.removed', { names }));
      return ok(exitStatuses.good);
    }),
});

export const packageCommands: readonly Command[] = [add, list, show, set, remove];
