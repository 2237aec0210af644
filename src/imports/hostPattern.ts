import type { Outcome } from '../domain/failure.ts';
import { fail, ok } from '../shared/result.ts';
import { invalid, mostDevices } from './deviceList.ts';

const range = /\[(\d+):(\d+)(?::(\d+))?\]|\[([A-Za-z]):([A-Za-z])(?::(\d+))?\]/;

/** Ansible's `web[01:20].example` and `rack[a:f][1:4]`, both ends included, with an optional step. */
export function expandPattern(pattern: string): Outcome<readonly string[]> {
  let names: string[] = [pattern];
  for (;;) {
    const found = range.exec(names[0]!);
    if (found === null) return ok(names);
    const values = rangeValues(found);
    if (values === null || values.length * names.length > mostDevices)
      return fail(invalid('host', 'hostRange'));
    names = names.flatMap((name) => values.map((value) => name.replace(range, value)));
  }
}

function rangeValues([, first, last, step, firstLetter, lastLetter, letterStep]: RegExpExecArray):
  | string[]
  | null {
  const by = Number(step ?? letterStep ?? 1);
  const from = first === undefined ? firstLetter!.charCodeAt(0) : Number(first);
  const to = first === undefined ? lastLetter!.charCodeAt(0) : Number(last);
  if (by < 1 || to < from || (to - from) / by > mostDevices) return null;
  const count = Math.floor((to - from) / by) + 1;
  return Array.from({ length: count }, (_, index) => {
    const value = from + index * by;
    return first === undefined ? String.fromCharCode(value) : String(value).padStart(first.length, '0');
  });
}
