import { connect } from '../../src/client/connection.ts';
import type { RunDevice } from '../../src/domain/model.ts';
import type { HaifuOnLab } from './haifuOnLab.ts';

export type RowsByName = Readonly<Record<string, RunDevice>>;

/** Resolves with a run's rows as soon as they fulfil the condition: by the server's own events, without asking again. */
export async function untilRun(
  haifu: HaifuOnLab,
  runId: string,
  condition: (rows: RowsByName) => boolean,
  limitMs = 60_000,
): Promise<RowsByName> {
  const connected = await connect({ dataFolder: haifu.dataFolder, kind: 'test', startsServer: false });
  if (!connected.ok) throw new Error(`no server: ${connected.failure.code}`);
  const server = connected.value;
  const rows: Record<string, RunDevice> = {};
  const take = (devices: readonly RunDevice[]) => {
    for (const device of devices) rows[device.name] = device;
  };
  try {
    return await new Promise<RowsByName>((resolve, reject) => {
      let isWatched = false;
      const stop = (reason: string) => {
        const states = Object.values(rows).map(({ name, state, activity }) => [name, state, activity]);
        reject(new Error(`${reason}: ${condition} of ${JSON.stringify(states)}`));
      };
      const limit = setTimeout(() => stop('it never came'), limitMs);
      const look = () => {
        if (!isWatched || !condition(rows)) return;
        clearTimeout(limit);
        resolve(rows);
      };
      server.onClosed(() => stop('the line to the server ended'));
      server.onEvent((event) => {
        if (event.event !== 'runDevicesChanged' || event.runId !== runId) return;
        take(event.devices);
        look();
      });
      void server.call('watchRun', { runId }).then((watched) => {
        if (!watched.ok) return stop(watched.failure.code);
        // Events may have come before the answer was read: what they say is newer.
        take(watched.value.devices.filter(({ name }) => !(name in rows)));
        isWatched = true;
        look();
      });
    });
  } finally {
    server.close();
  }
}
