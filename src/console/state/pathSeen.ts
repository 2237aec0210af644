/** What stands where a typed path points to. */
export interface PathSeen {
  /** As typed: what was seen of an older text does not count. */
  readonly path: string;
  readonly kind: 'file' | 'folder' | 'nothing';
  /** Names in the path's folder that begin as the typed one, folders with `/` behind them, in order. */
  readonly candidates: readonly string[];
  /** Tab was pressed and had nothing to add: pressed again it moves on. */
  readonly wasAsked?: boolean;
}

/** `~/pack` is looked for in `~/` and begins with `pack`. */
export function splitPath(typed: string): { readonly folder: string; readonly name: string } {
  if (typed === '~') return { folder: '', name: '~' };
  const at = typed.lastIndexOf('/') + 1;
  return { folder: typed.slice(0, at), name: typed.slice(at) };
}

function commonStart(names: readonly string[]): string {
  const [first = '', ...others] = names;
  let length = first.length;
  for (const name of others) while (!name.startsWith(first.slice(0, length))) length -= 1;
  return first.slice(0, length);
}

/** What Tab does in a path: the longer path, `stay` while several are possible, or `leave` when nothing is left to add. */
export function completePath(seen: PathSeen): { readonly path: string } | 'stay' | 'leave' {
  const { folder, name } = splitPath(seen.path);
  const added = commonStart(seen.candidates);
  if (added.length > name.length) return { path: folder + added };
  const isOpen = seen.candidates.length > 1 && seen.kind !== 'file';
  return isOpen && seen.wasAsked !== true ? 'stay' : 'leave';
}
