import { failed } from '../../domain/failure.ts';
import { daysLeft, freeSeats, hasSeat, seatsUsed } from '../../domain/license.ts';
import { maskedKey } from '../../domain/licenseKey.ts';
import type { License } from '../../domain/model.ts';
import type { Translate } from '../../i18n/translate.ts';
import { dateText, today } from '../../shared/localTime.ts';
import { compareNames } from '../../shared/nameOrder.ts';
import { ok } from '../../shared/result.ts';
import { sanitiseLine } from '../../shared/sanitise.ts';
import { confirm } from '../ask.ts';
import { licenseFields, licenseKey, licenseOptions } from '../licenseOptions.ts';
import { findAll, findLicense, findSeat } from '../lookup.ts';
import { missing } from '../missing.ts';
import { onServer } from '../onServer.ts';
import { type Command, defineCommand, exitStatuses } from '../program/command.ts';
import { fieldLines } from '../show/fieldLines.ts';
import { printTable } from '../table.ts';
import { yesOption } from '../yesOption.ts';

/** What scripts may rely on: the stored fields, the key masked, and the figures that follow from them. */
const shapeOf = ({ keyTail, seats, ...license }: License) => ({
  ...license,
  key: maskedKey(keyTail),
  seatsUsed: seatsUsed({ seats }),
  seatsFree: license.seatsTotal === null ? null : freeSeats({ seats, seatsTotal: license.seatsTotal }),
  daysLeft: daysLeft(license, today()),
  devices: Object.entries(seats).map(([deviceId, seat]) => ({ deviceId, ...seat })),
});

const seatsText = (license: License, t: Translate): string =>
  `${seatsUsed(license)} / ${license.seatsTotal ?? t('cli.license.unlimited')}`;

function expiryText(license: License, t: Translate): string {
  const count = daysLeft(license, today());
  if (license.expiresOn === null || count === null) return t('cli.license.never');
  const left = count < 0 ? t('cli.license.expired') : t('cli.license.daysLeft', { count });
  return `${license.expiresOn} (${left})`;
}

const add = defineCommand({
  name: 'add',
  summary: 'cli.license.add.summary',
  positionals: [{ name: 'NAME' }],
  options: licenseOptions,
  examples: [
    'haifu license add "Office 2026" --product "office*" --seats 50 --expires 2027-03-31 --key-stdin < key',
    'haifu license add Scanner --product scanner --key-file scanner.lic',
  ],
  run: async (context, { words, values }) => {
    const fields = licenseFields(values);
    if (!fields.ok) return fields;
    const { product } = fields.value;
    if (product === undefined) return missing('product');
    const key = await licenseKey(values, true, context.t('cli.ask.licenseKey'));
    if (!key.ok) return key;
    return onServer(context, async (server) => {
      const saved = await server.call('addLicense', {
        name: words[0]!,
        ...fields.value,
        product,
        ...key.value!,
      });
      if (!saved.ok) return saved;
      context.output.json({ license: shapeOf(saved.value.license) });
      context.output.line(context.t('cli.added', { name: sanitiseLine(saved.value.license.name) }));
      return ok(exitStatuses.good);
    });
  },
});

const list = defineCommand({
  name: 'list',
  summary: 'cli.license.list.summary',
  positionals: [],
  options: {},
  run: (context) =>
    onServer(context, async ({ snapshot }) => {
      const { t, output } = context;
      const licenses = snapshot.collections.licenses.toSorted((a, b) => compareNames(a.name, b.name));
      output.json({ licenses: licenses.map(shapeOf) });
      const columns = [
        { title: t('cli.column.name'), text: (row: License) => row.name },
        { title: t('cli.column.product'), text: (row: License) => row.product },
        { title: t('cli.column.seats'), align: 'right' as const, text: (row: License) => seatsText(row, t) },
        { title: t('cli.column.expires'), text: (row: License) => expiryText(row, t) },
        { title: t('cli.column.key'), text: (row: License) => maskedKey(row.keyTail) },
      ];
      printTable(context, columns, licenses, 'license add NAME --product PRODUCT');
      return ok(exitStatuses.good);
    }),
});

const show = defineCommand({
  name: 'show',
  summary: 'cli.license.show.summary',
  positionals: [{ name: 'LICENSE' }],
  options: {},
  run: (context, { words }) =>
    onServer(context, async ({ snapshot }) => {
      const { t, output } = context;
      const found = findLicense(snapshot, words[0]!);
      if (!found.ok) return found;
      const license = found.value;
      output.json({ license: shapeOf(license) });
      const packages = snapshot.collections.packages.filter(({ licenseId }) => licenseId === license.id);
      const lines = fieldLines([
        [t('cli.column.name'), license.name],
        [t('cli.column.product'), license.product],
        [t('cli.column.seats'), seatsText(license, t)],
        [t('cli.column.expires'), expiryText(license, t)],
        [t('cli.column.key'), `${maskedKey(license.keyTail)} ${license.keyFileName ?? ''}`.trim()],
        [t('cli.column.note'), license.note],
        [t('cli.column.package'), packages.map(({ name, version }) => `${name} ${version}`).join(', ')],
      ]);
      for (const line of lines) output.line(line);
      const seats = Object.values(license.seats);
      if (seats.length === 0) return ok(exitStatuses.good);
      type Seat = (typeof seats)[number];
      const columns = [
        { title: t('cli.column.device'), text: (seat: Seat) => seat.deviceName },
        { title: t('cli.column.package'), text: (seat: Seat) => seat.packageLabel },
        { title: t('cli.column.since'), text: (seat: Seat) => dateText(seat.since) },
      ];
      output.line('');
      printTable(context, columns, seats);
      return ok(exitStatuses.good);
    }),
});

const set = defineCommand({
  name: 'set',
  summary: 'cli.license.set.summary',
  positionals: [{ name: 'LICENSE' }],
  options: {
    name: { type: 'string', value: 'NAME', summary: 'cli.license.option.name' },
    ...licenseOptions,
  },
  examples: ['haifu license set "Office 2026" --expires 2028-03-31 --seats 80'],
  run: async (context, { words, values }) => {
    const fields = licenseFields(values);
    if (!fields.ok) return fields;
    const key = await licenseKey(values, false, '');
    if (!key.ok) return key;
    if (Object.keys(fields.value).length === 0 && key.value === null && values.name === undefined)
      return missing('change');
    return onServer(context, async (server) => {
      const found = findLicense(server.snapshot, words[0]!);
      if (!found.ok) return found;
      const saved = await server.call('updateLicense', {
        id: found.value.id,
        ...fields.value,
        ...key.value,
        ...(values.name === undefined ? {} : { name: values.name }),
      });
      if (!saved.ok) return saved;
      context.output.json({ license: shapeOf(saved.value.license) });
      context.output.line(context.t('cli.changed', { name: sanitiseLine(saved.value.license.name) }));
      return ok(exitStatuses.good);
    });
  },
});

const release = defineCommand({
  name: 'release',
  summary: 'cli.license.release.summary',
  positionals: [{ name: 'LICENSE' }, { name: 'DEVICE', isRepeated: true }],
  options: yesOption,
  run: (context, { words, values }) =>
    onServer(context, async (server) => {
      const found = findLicense(server.snapshot, words[0]!);
      if (!found.ok) return found;
      const devices = findAll(words.slice(1), (word) => findSeat(server.snapshot, found.value, word));
      if (!devices.ok) return devices;
      const without = devices.value.find((deviceId) => !hasSeat(found.value, deviceId));
      if (without !== undefined)
        return failed('input.invalid', {
          field: words[1 + devices.value.indexOf(without)]!,
          expected: 'seatOfDevice',
        });
      const names = devices.value
        .map((id) => sanitiseLine(found.value.seats[id]!.deviceName, 100))
        .join(', ');
      const sure = await confirm(
        context,
        context.t('cli.license.askRelease', { names, license: sanitiseLine(found.value.name, 100) }),
        values.yes,
      );
      if (!sure.ok) return sure;
      const answer = await server.call('releaseLicense', {
        id: found.value.id,
        deviceIds: [...devices.value],
      });
      if (!answer.ok) return answer;
      context.output.json({ license: shapeOf(answer.value.license) });
      context.output.line(
        context.t('cli.license.released', { seats: seatsText(answer.value.license, context.t) }),
      );
      return ok(exitStatuses.good);
    }),
});

const remove = defineCommand({
  name: 'remove',
  summary: 'cli.license.remove.summary',
  positionals: [{ name: 'LICENSE', isRepeated: true }],
  options: yesOption,
  run: (context, { words, values }) =>
    onServer(context, async (server) => {
      const found = findAll(words, (word) => findLicense(server.snapshot, word));
      if (!found.ok) return found;
      const names = found.value.map(({ name }) => sanitiseLine(name, 100)).join(', ');
      const sure = await confirm(context, context.t('cli.ask.remove', { names }), values.yes);
      if (!sure.ok) return sure;
      for (const { id } of found.value) {
        const answer = await server.call('removeLicense', { id });
        if (!answer.ok) return answer;
      }
      context.output.json({ removed: found.value.map(({ id }) => id) });
      context.output.line(context.t('cli.removed', { names }));
      return ok(exitStatuses.good);
    }),
});

export const licenseCommands: readonly Command[] = [add, list, show, set, release, remove];
