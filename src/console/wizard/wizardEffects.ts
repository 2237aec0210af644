import { ok } from '../../shared/result.ts';
import type { ConsoleContext } from '../consoleContext.ts';
import { licenseParams } from '../licenseEntry.ts';
import { parseAddressFile } from './addressList.ts';
import { contactIds, runPlan, runTrial } from './runChecks.ts';
import { saveTaskEdit } from './saveTaskEdit.ts';
import { submitWizard } from './submitWizard.ts';
import type { AccountForm, WizardEffect } from './wizardEffect.ts';
import type { WizardAnswer } from './wizardState.ts';

type EffectOf<K extends WizardEffect['kind']> = Extract<WizardEffect, { readonly kind: K }>;
type WithoutId<T> = T extends unknown ? Omit<T, 'wizardId'> : never;
/** What an effect says while it works, and at its end. */
export type Answer = (answer: WithoutId<WizardAnswer>) => void;

type Workers = {
  readonly [K in Exclude<WizardEffect['kind'], 'close'>]: (
    context: ConsoleContext,
    effect: EffectOf<K>,
    answer: Answer,
  ) => Promise<void>;
};

/** The keys' contents go straight into the command; they never stand in the wizard's state. */
async function sendAccount(
  context: ConsoleContext,
  form: AccountForm,
): Promise<Pick<Extract<WizardAnswer, { type: 'accountSaved' }>, 'outcome' | 'unreadable'>> {
  const { privateKeyPath, publicKeyPath, params } = form;
  const privateKey = privateKeyPath === null ? ok(null) : await context.readTextFile(privateKeyPath);
  if (!privateKey.ok) return { outcome: privateKey, unreadable: 'accountPrivateKey' };
  const publicKey = publicKeyPath === null ? ok(null) : await context.readTextFile(publicKeyPath);
  if (!publicKey.ok) return { outcome: publicKey, unreadable: 'accountPublicKey' };
  const keys = { privateKey: privateKey.value, publicKey: publicKey.value };
  return { outcome: await context.send('addAccount', { ...params, ...keys }), unreadable: null };
}

const workers: Workers = {
  async lookAtPath(context, { field, path }, answer) {
    const seen = await context.seePath(path);
    const isList = field === 'addressFile' && seen.kind === 'file';
    const text = isList ? await context.readTextFile(path) : null;
    answer({ type: 'pathSeen', field, seen, list: text?.ok ? parseAddressFile(text.value) : null });
  },
  async inspectPackage(context, effect, answer) {
    const path = context.absolutePath(effect.path.trim());
    const outcome = await context.send('inspectDistributionPackage', { path });
    answer({ type: 'packageInspected', path, outcome });
  },
  async readAddressFile(context, effect, answer) {
    const text = await context.readTextFile(effect.path.trim());
    const outcome = text.ok ? ok(parseAddressFile(text.value)) : text;
    answer({ type: 'addressFileRead', path: effect.path, outcome });
  },
  async saveAccount(context, effect, answer) {
    answer({ type: 'accountSaved', ...(await sendAccount(context, effect.form)) });
  },
  async saveLicense(context, effect, answer) {
    const made = await licenseParams(context, effect.license);
    if (!made.ok) return answer({ type: 'licenseSaved', outcome: made, isFileRefused: true });
    const outcome = await context.send('addLicense', { ...made.value, key: made.value.key ?? '' });
    answer({ type: 'licenseSaved', outcome, isFileRefused: false });
  },
  async scanHostKeys(context, effect, answer) {
    const ids = await contactIds(context, effect);
    const scanned = ids.ok ? await context.send('scanHostKeys', { deviceIds: ids.value }) : ids;
    answer({ type: 'hostKeysScanned', outcome: scanned.ok ? ok(scanned.value.keys) : scanned });
  },
  async trustHostKeys(context, effect, answer) {
    answer({
      type: 'hostKeysTrusted',
      outcome: await context.send('trustHostKeys', { ids: [...effect.ids] }),
    });
  },
  async saveTask(context, effect, answer) {
    answer({ type: 'taskSaved', outcome: await saveTaskEdit(context, effect.edit) });
  },
  tryAccounts: runTrial,
  planDevices: runPlan,
  async submit(context, effect, answer) {
    answer({ type: 'submitted', outcome: await submitWizard(context, effect.plan, answer) });
  },
};

/** Does the work that a wizard asked for, outside the reducer. `close` is no work: wizardRuntime.ts knows it. */
export async function runWizardEffect(
  context: ConsoleContext,
  effect: Exclude<WizardEffect, { readonly kind: 'close' }>,
  answer: Answer,
): Promise<void> {
  const work = workers[effect.kind] as (
    context: ConsoleContext,
    effect: WizardEffect,
    answer: Answer,
  ) => Promise<void>;
  await work(context, effect, answer);
}
