import type { Device, DeviceFacts } from '../../domain/model.ts';
import { ok } from '../../shared/result.ts';
import type { ServerLog } from '../serverLog.ts';
import type { Store } from '../store/store.ts';

type Finding = Partial<Pick<Device, 'lastAccountId' | 'facts'>>;

/** What was learned about devices on the way: written at most once a second, and never in the way of a run. */
export class DeviceFindings {
  readonly #store: Store;
  readonly #log: ServerLog;
  readonly #intervalMs: number;
  #pending = new Map<string, Finding>();
  #timer: NodeJS.Timeout | null = null;

  constructor(store: Store, log: ServerLog, intervalMs = 1000) {
    this.#store = store;
    this.#log = log;
    this.#intervalMs = intervalMs;
  }

  /** B50: the account that worked is tried first next time. */
  accountWorked(deviceId: string, accountId: string): void {
    this.#add(deviceId, { lastAccountId: accountId });
  }

  factsSeen(deviceId: string, facts: DeviceFacts): void {
    this.#add(deviceId, { facts });
  }

  /** What is not written yet, for an order that goes out before. */
  lastAccountOf(device: Device): string | null {
    return this.#pending.get(device.id)?.lastAccountId ?? device.lastAccountId;
  }

  async flush(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const findings = this.#pending;
    if (findings.size === 0) return;
    this.#pending = new Map();
    const outcome = await this.#store.commit((draft) => {
      const put = [...findings].flatMap(([id, finding]) => {
        const device = draft.devices.get(id);
        if (!device) return [];
        const { lastAccountId } = finding;
        const isAccountGone = lastAccountId != null && !draft.accounts.has(lastAccountId);
        const next = { ...device, ...finding, ...(isAccountGone && { lastAccountId: device.lastAccountId }) };
        return isSame(device, next) ? [] : [next];
      });
      return ok({
        changes: put.length > 0 ? [{ collection: 'devices', put, removed: [] }] : [],
        value: null,
      });
    });
    if (!outcome.ok) this.#log.error(`device facts were not written: ${outcome.failure.code}`);
  }

  #add(deviceId: string, finding: Finding): void {
    this.#pending.set(deviceId, { ...this.#pending.get(deviceId), ...finding });
    this.#timer ??= setTimeout(() => void this.flush(), this.#intervalMs);
  }
}

/** The time of seeing alone is not worth a write and an event to every console. */
const isSame = (a: Device, b: Device): boolean =>
  a.lastAccountId === b.lastAccountId &&
  a.facts?.bootId === b.facts?.bootId &&
  a.facts?.osName === b.facts?.osName &&
  a.facts?.osFamily === b.facts?.osFamily &&
  a.facts?.architecture === b.facts?.architecture;
