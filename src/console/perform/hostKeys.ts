import type { ConsoleContext } from '../consoleContext.ts';
import { type Words, words } from '../state/words.ts';
import { answered, confirm, notify } from './ask.ts';
import { confirmByTyping } from './confirmByTyping.ts';
import { scanHostKeys } from './readiness.ts';
import { cannotBeUndone, rememberFinal } from './undo.ts';

const shownAtMost = 8;
/** A pin is only ever made by looking at the device's key: none comes back from memory. */
const trustIsFinal = words('changes.why.keysTrusted');
const forgettingIsFinal = words('changes.why.keysForgotten');

/** The fingerprints that are about to be trusted: B100 asks for an explicit choice with them in sight. */
function keyLines(context: ConsoleContext, ids: readonly string[]): Words[] {
  const { hostKeys } = context.getState().model.collections;
  const lines = ids.slice(0, shownAtMost).flatMap((id) => {
    const key = hostKeys.get(id);
    if (key === undefined) return [];
    const { address, keyType, fingerprint } = key;
    return [words('console.report.hostKey', { address, type: keyType, fingerprint })];
  });
  return ids.length > shownAtMost
    ? [...lines, words('console.confirm.more', { count: ids.length - shownAtMost })]
    : lines;
}

const scannedAtOnce = 10_000;

/** Host keys are not typed: they are read from the devices, and reviewed. */
export function askToScan(context: ConsoleContext) {
  const ids = [...context.getState().model.collections.devices.keys()].slice(0, scannedAtOnce);
  if (ids.length === 0) return notify(context, words('changes.why.noDevices'), 'status.warning');
  confirm(context, {
    title: words('console.action.scanHostKeys'),
    lines: [words('changes.confirm.scan', { count: ids.length }), words('changes.confirm.scan.kept')],
    buttons: [
      { label: words('console.action.scanHostKeys'), perform: () => void scanHostKeys(context, ids) },
    ],
  });
}

export function trustHostKeys(context: ConsoleContext, ids: readonly string[]) {
  const { hostKeys } = context.getState().model.collections;
  const changed = ids.flatMap((id) => hostKeys.get(id) ?? []).filter(({ state }) => state === 'changed');
  const title = words('console.confirm.trustHostKeys');
  const lines = [
    words('console.confirm.trustHostKeys.what', { count: ids.length }),
    ...keyLines(context, ids),
    ...(changed.length > 0
      ? [words('console.confirm.trustHostKeys.changed', { count: changed.length })]
      : []),
  ];
  const trust = async () => {
    const done = await answered(context, context.send('trustHostKeys', { ids: [...ids] }));
    if (done === null) return;
    const count = ids.length;
    rememberFinal(context, words('changes.what.keysTrusted', { count }), trustIsFinal);
    notify(context, words('console.notice.trusted', { count }));
  };
  const button = { label: words('console.button.trust'), perform: trust };
  if (changed.length === 0) return confirm(context, { title, lines, buttons: [button] });
  // Whoever stands in between would get the next password: no reflex may do this.
  const word = changed.length === 1 ? changed[0]!.address : String(changed.length);
  const ask = words('changes.confirm.typeIt', { word });
  confirmByTyping(context, { title, lines, word, ask, ...button });
}

export function forgetHostKeys(context: ConsoleContext, ids: readonly string[]) {
  confirm(context, {
    title: words('console.confirm.forgetHostKeys'),
    lines: [
      words('console.confirm.forgetHostKeys.what', { count: ids.length }),
      ...keyLines(context, ids),
      cannotBeUndone(forgettingIsFinal),
    ],
    buttons: [
      {
        label: words('console.button.forget'),
        perform: async () => {
          const done = await answered(context, context.send('forgetHostKeys', { ids: [...ids] }));
          if (done === null) return;
          const count = ids.length;
          rememberFinal(context, words('changes.what.keysForgotten', { count }), forgettingIsFinal);
          notify(context, words('console.notice.forgotten', { count }));
        },
      },
    ],
  });
}
