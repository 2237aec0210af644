import type { License } from '../../domain/model.ts';
import { compareNames } from '../../shared/nameOrder.ts';
import type { ConsoleContext } from '../consoleContext.ts';
import { licenseParams } from '../licenseEntry.ts';
import { fieldsOf, unlessChanged } from '../state/pastChange.ts';
import { textValue } from '../state/textValue.ts';
import { type Words, words } from '../state/words.ts';
import { answered, confirm, forEach, notify } from './ask.ts';
import { licenseFields, licenseValues, typedLicense } from './licenseForms.ts';
import { openForm } from './openForm.ts';
import { cannotBeUndone, remember, rememberFinal } from './undo.ts';

export function addLicense(context: ConsoleContext) {
  openForm(context, {
    title: words('licenses.form.add'),
    fields: licenseFields(null),
    values: { keyFrom: 'typed' },
    submitLabel: words('console.button.add'),
    submit: async (values) => {
      const made = await licenseParams(context, typedLicense(values));
      if (!made.ok) return { field: 'keyFile', content: made.failure };
      const added = await context.send('addLicense', { ...made.value, key: made.value.key ?? '' });
      if (!added.ok) return { field: null, content: added.failure };
      const { id, name } = added.value.license;
      remember(context, {
        what: words('licenses.what.added', { name }),
        inverse: ({ licenses }) =>
          unlessChanged(licenses.get(id), { seats: {} }, [{ command: 'removeLicense', params: { id } }]),
      });
      notify(context, words('licenses.notice.added', { name }));
      return null;
    },
  });
}

const editable = [
  'name',
  'product',
  'seatsTotal',
  'expiresOn',
  'note',
] as const satisfies readonly (keyof License)[];

export function editLicense(context: ConsoleContext, id: string) {
  const before = context.getState().model.collections.licenses.get(id);
  if (before === undefined) return;
  openForm(context, {
    title: words('licenses.form.edit'),
    fields: licenseFields(before),
    values: licenseValues(before),
    info: [words('console.form.secretsKept')],
    submit: async (values) => {
      const made = await licenseParams(context, typedLicense(values));
      if (!made.ok) return { field: 'keyFile', content: made.failure };
      const saved = await context.send('updateLicense', { id, ...made.value });
      if (!saved.ok) return { field: null, content: saved.failure };
      const what = words('licenses.what.edited', { name: before.name });
      const after = fieldsOf(saved.value.license, editable);
      // Keys go one way: one that was overwritten cannot be put back.
      if (made.value.key !== undefined) rememberFinal(context, what, words('changes.why.secretReplaced'));
      else
        remember(context, {
          what,
          inverse: ({ licenses }) =>
            unlessChanged(licenses.get(id), after, [
              { command: 'updateLicense', params: { id, ...fieldsOf(before, editable) } },
            ]),
        });
      notify(context, words('changes.saved', { name: after.name }));
      return null;
    },
  });
}

export function removeLicenses(context: ConsoleContext, ids: readonly string[]) {
  const { licenses } = context.getState().model.collections;
  const why = words('changes.why.secretsDeleted');
  const remove = async () => {
    const removed = await forEach(
      context,
      ids,
      (id) => context.send('removeLicense', { id }),
      (count) => words('console.notice.removed', { count }),
    );
    if (removed.length > 0)
      rememberFinal(context, words('licenses.what.removed', { count: removed.length }), why);
  };
  const what: Words =
    ids.length === 1
      ? words('licenses.confirm.remove.what', { name: licenses.get(ids[0]!)?.name ?? '' })
      : words('licenses.confirm.removeSeveral.what', { count: ids.length });
  confirm(context, {
    title: words('licenses.confirm.remove'),
    lines: [what, cannotBeUndone(why)],
    buttons: [{ label: words('console.button.remove'), perform: () => void remove() }],
  });
}

/** A list of the devices that have it, narrowed by typing; the chosen one is asked about once more. */
export function releaseSeats(context: ConsoleContext, id: string) {
  const license = context.getState().model.collections.licenses.get(id);
  if (license === undefined) return;
  const items = Object.entries(license.seats)
    .toSorted(([, a], [, b]) => compareNames(a.deviceName, b.deviceName))
    .map(([deviceId, { deviceName, packageLabel }]) => ({
      id: deviceId,
      label: { plain: `${deviceName}  (${packageLabel})` },
    }));
  if (items.length === 0) return notify(context, words('licenses.why.noSeats'), 'status.warning');
  context.dispatch({
    type: 'ui/overlayOpened',
    overlay: {
      kind: 'pick',
      title: words('licenses.pick.release'),
      query: textValue(''),
      items,
      cursor: 0,
      newItem: null,
      onChosen: (deviceId) => {
        if (deviceId !== null) askRelease(context, license, deviceId);
      },
    },
  });
}

function askRelease(context: ConsoleContext, { id, name, seats }: License, deviceId: string) {
  const why = words('licenses.why.seatReleased');
  const release = async () => {
    const done = await answered(context, context.send('releaseLicense', { id, deviceIds: [deviceId] }));
    if (done === null) return;
    rememberFinal(context, words('licenses.what.released', { name }), why);
    notify(context, words('licenses.notice.released', { name }));
  };
  const device = seats[deviceId]?.deviceName ?? '';
  confirm(context, {
    title: words('licenses.confirm.release'),
    lines: [words('licenses.confirm.release.what', { license: name, device }), cannotBeUndone(why)],
    buttons: [{ label: words('licenses.confirm.release.button'), perform: () => void release() }],
  });
}
