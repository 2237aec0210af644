import type { RunDevice } from '../../domain/model.ts';
import type { ServerEvent } from '../../protocol/events.ts';
import { compareNames } from '../../shared/nameOrder.ts';
import type { Action } from './actions.ts';
import { withChunk } from './reduceLog.ts';
import { RunRows } from './runRows.ts';
import type { RunWatch } from './runState.ts';
import { startThroughput, withBytes } from './throughput.ts';

export function reduceRun(watch: RunWatch | null, action: Action): RunWatch | null {
  if (action.type === 'run/open') {
    return {
      runId: action.runId,
      run: null,
      devices: new RunRows(),
      early: new Map(),
      view: 'devices',
      cause: null,
      show: 'all',
      sort: { by: 'name', isReversed: false },
      order: [],
      throughput: startThroughput(action.at),
      log: null,
    };
  }
  if (watch === null) return null;
  switch (action.type) {
    case 'run/loaded':
      if (action.runId !== watch.runId) return watch;
      return {
        ...watch,
        // Its end may have been told before the answer came.
        run: watch.run?.finishedAt ? watch.run : action.run,
        devices: loadedDevices(action.devices, watch.early),
        early: null,
        order: action.devices.map(({ deviceId }) => deviceId),
      };
    case 'run/rewatched':
      return { ...watch, early: new Map() };
    case 'run/view':
      return { ...watch, view: action.view, cause: action.cause };
    case 'run/show':
      return { ...watch, show: action.show };
    case 'run/sort':
      return { ...watch, sort: action.sort };
    case 'ui/now':
      return { ...watch, throughput: withBytes(watch.throughput, action.now, 0) };
    case 'run/log':
      return { ...watch, log: action.log };
    case 'run/logChunk': {
      const { log } = watch;
      if (log === null || log.deviceId !== action.deviceId || log.earlier !== action.earlier) return watch;
      return { ...watch, log: withChunk(log, action.read, action.place) };
    }
    case 'run/close':
      return null;
    case 'model/events':
      return applyEvents(watch, action.events, action.at);
    case 'model/snapshot': {
      const run = action.snapshot.collections.runs.find(({ id }) => id === watch.runId);
      return run === undefined ? watch : { ...watch, run };
    }
    default:
      return watch;
  }
}

const enteredAt = (device: RunDevice): string => device.timeline.at(-1)?.at ?? '';

/**
 * The answer's rows in the order of their names. An event that follows the answer in the same chunk of the socket
 * is reduced before it: of two rows the one that entered its state later counts.
 */
function loadedDevices(
  answered: readonly RunDevice[],
  early: ReadonlyMap<string, RunDevice> | null,
): RunRows {
  const sorted = answered.toSorted((a, b) => compareNames(a.name, b.name));
  return RunRows.of(
    sorted.map((device) => {
      const other = early?.get(device.deviceId);
      return other !== undefined && enteredAt(other) >= enteredAt(device) ? other : device;
    }),
  );
}

function applyEvents(watch: RunWatch, events: readonly ServerEvent[], at: string): RunWatch {
  let run = watch.run;
  let devices: RunRows | null = null;
  let early: Map<string, RunDevice> | null = null;
  for (const event of events) {
    if (event.event === 'changed') {
      for (const change of event.changes) {
        if (change.collection !== 'runs') continue;
        run = change.put.find(({ id }) => id === watch.runId) ?? run;
      }
    } else if (event.event === 'runDevicesChanged' && event.runId === watch.runId) {
      devices ??= watch.devices.copy();
      if (watch.early !== null) early ??= new Map(watch.early);
      for (const device of event.devices) {
        devices.set(device.deviceId, device);
        early?.set(device.deviceId, device);
      }
    } else if (event.event === 'runProgressed' && event.runId === watch.runId) {
      devices ??= watch.devices.copy();
      for (const [deviceId, sentBytes, totalBytes] of event.progress) {
        const device = devices.get(deviceId);
        if (device) devices.set(deviceId, { ...device, sentBytes, totalBytes });
      }
    }
  }
  if (run === watch.run && devices === null) return watch;
  const moved = devices === null ? 0 : devices.movedBytes - watch.devices.movedBytes;
  return {
    ...watch,
    run,
    devices: devices ?? watch.devices,
    early: early ?? watch.early,
    throughput: withBytes(watch.throughput, at, moved),
  };
}
