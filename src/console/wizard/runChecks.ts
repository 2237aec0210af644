import { failure, type Outcome } from '../../domain/failure.ts';
import type { PlanRow, ReadinessRow } from '../../protocol/answers.ts';
import { ok } from '../../shared/result.ts';
import type { ConsoleContext } from '../consoleContext.ts';
import type { CheckEffect, Contact, WizardEffect } from './wizardEffect.ts';
import type { Answer } from './wizardEffects.ts';

/** Devices of one question to the server: rows come in as they are known, and a stop is felt soon. */
const devicesAtOnce = 20;

/** Typed devices are made known first: the server contacts only devices that it knows. */
export async function contactIds(context: ConsoleContext, contact: Contact): Promise<Outcome<string[]>> {
  if (contact.newDevices.length === 0) return ok([...contact.deviceIds]);
  const saved = await context.send('saveDevices', { devices: [...contact.newDevices] });
  if (!saved.ok) return saved;
  const { added, updated, refused } = saved.value;
  const [first] = refused;
  if (first !== undefined) return { ok: false, failure: first.failure };
  return ok([...contact.deviceIds, ...[...added, ...updated].map(({ id }) => id)]);
}

interface Part {
  readonly deviceIds: readonly string[];
  readonly accountIds: readonly string[];
}

/** Devices that are shown the same accounts, a few at a time. */
function partsOf(ids: readonly string[], contact: Contact): readonly Part[] {
  const open = (id: string) => contact.accountIds.filter((one) => !contact.spent[id]?.includes(one));
  const alike = Map.groupBy(ids, (id) => open(id).join(' '));
  return [...alike.values()].flatMap((same) => {
    const accountIds = open(same[0]!);
    return Array.from({ length: Math.ceil(same.length / devicesAtOnce) }, (_, index) => ({
      deviceIds: same.slice(index * devicesAtOnce, (index + 1) * devicesAtOnce),
      accountIds,
    }));
  });
}

/** B50: every account was refused here already; nothing is sent. */
function refusedRow(context: ConsoleContext, deviceId: string, contact: Contact): ReadinessRow {
  const names = context.getState().model.collections.accounts;
  const accounts = contact.accountIds.map((id) => names.get(id)?.name ?? id).join(', ');
  return {
    deviceId,
    port: 'open',
    accountId: null,
    isRoot: false,
    osName: null,
    architecture: null,
    freeBytes: null,
    isInstalled: null,
    installedVersion: null,
    failure: failure('account.refused', { accounts }, { stage: 'connect' }),
  };
}

type Ask<Row> = (part: Part) => Promise<Outcome<{ readonly rows: readonly Row[] }>>;

/** Asks part by part until all are known, one cannot be asked, or nobody wants to know any more. */
async function inParts<Row extends ReadinessRow>(
  context: ConsoleContext,
  effect: CheckEffect,
  answer: Answer,
  ask: Ask<Row>,
  refused: (row: ReadinessRow) => Row,
): Promise<void> {
  const { check, kind } = effect;
  const end = (outcome: Outcome<unknown>): void => answer({ type: 'checkEnded', kind, check, outcome });
  const isWanted = (): boolean => {
    const { wizard } = context.getState();
    const own = kind === 'tryAccounts' ? wizard?.trial : wizard?.plan;
    return wizard?.id === effect.wizardId && own?.number === check && own.isRunning;
  };
  const ids = await contactIds(context, effect);
  if (!ids.ok) return end(ids);
  for (const part of partsOf(ids.value, effect)) {
    if (!isWanted()) return;
    const isSpent = part.accountIds.length === 0 && effect.accountIds.length > 0;
    const asked = isSpent
      ? ok({ rows: part.deviceIds.map((id) => refused(refusedRow(context, id, effect))) })
      : await ask(part);
    if (!asked.ok) return end(asked);
    answer({ type: 'devicesChecked', kind, check, rows: asked.value.rows, tried: part.accountIds });
  }
  end(ok(null));
}

export const runTrial = (
  context: ConsoleContext,
  effect: Extract<WizardEffect, { kind: 'tryAccounts' }>,
  answer: Answer,
): Promise<void> =>
  inParts<ReadinessRow>(
    context,
    effect,
    answer,
    ({ deviceIds, accountIds }) =>
      context.send('checkDevices', {
        deviceIds: [...deviceIds],
        accountIds: [...accountIds],
        packageId: effect.packageId,
        hostKeyPolicy: effect.hostKeyPolicy,
      }),
    (row) => row,
  );

/** B64, B91: a package from a file is made first; the last Next uses the same one. */
export async function runPlan(
  context: ConsoleContext,
  effect: Extract<WizardEffect, { kind: 'planDevices' }>,
  answer: Answer,
): Promise<void> {
  const { kind, check, settings } = effect;
  const made =
    effect.package.kind === 'existing'
      ? ok(effect.package.packageId)
      : await addedPackage(context, effect.package.params);
  if (!made.ok) return answer({ type: 'checkEnded', kind, check, outcome: made });
  await inParts<PlanRow>(
    context,
    effect,
    answer,
    ({ deviceIds, accountIds }) =>
      context.send('planTask', {
        packageId: made.value,
        targets: { kind: 'devices', deviceIds: [...deviceIds] },
        settings: { ...settings, accountIds: [...accountIds] },
      }),
    (row) => ({ ...row, method: null, attempts: 0, action: 'blocked' }),
  );
}

async function addedPackage(
  context: ConsoleContext,
  params: Parameters<typeof context.send<'addInstallationPackage'>>[1],
): Promise<Outcome<string>> {
  const added = await context.send('addInstallationPackage', params);
  return added.ok ? ok(added.value.package.id) : added;
}
