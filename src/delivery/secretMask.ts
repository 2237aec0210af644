const mark = '*****';
/** A line of a key file that is shorter says too little to be worth hiding, and stands in any log. */
const leastLength = 8;

/**
 * Takes secrets out of a text that comes in pieces (B101): whole, and line by line where they have several. What may
 * be the beginning of one is held back until it is known; the whole output does not depend on where pieces end.
 */
export function createSecretMask(secrets: readonly string[]) {
  const hidden = [...new Set(secrets.flatMap(partsOf))].sort((a, b) => b.length - a.length);
  const byBeginning = Map.groupBy(hidden, (secret) => secret.slice(0, leastLength));
  const longest = hidden[0]?.length ?? 0;
  let held = '';

  const mayGoOn = (at: number): boolean => {
    const rest = held.length - at;
    if (rest >= longest) return false;
    const end = held.slice(at);
    return hidden.some((secret) => secret.length > rest && secret.startsWith(end));
  };
  const take = (isEnd: boolean): string => {
    let out = '';
    let at = 0;
    while (at < held.length && (isEnd || !mayGoOn(at))) {
      const candidates = byBeginning.get(held.slice(at, at + leastLength));
      const found = candidates?.find((secret) => held.startsWith(secret, at));
      out += found === undefined ? held[at] : mark;
      at += found?.length ?? 1;
    }
    held = held.slice(at);
    return out;
  };

  return {
    push(text: string): string {
      if (longest === 0) return text;
      held += text;
      return take(false);
    },
    /** What was held back, at the end. */
    flush: (): string => take(true),
  };
}

const partsOf = (secret: string): string[] =>
  secret
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line.length >= leastLength);
