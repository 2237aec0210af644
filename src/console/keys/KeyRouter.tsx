import { useInput, usePaste } from 'ink';
import type { ConsoleContext } from '../consoleContext.ts';
import { keyEvents, pasteEvent } from './chord.ts';
import { routeKey } from './route.ts';

/** The one place that reads keys. Each key of a chunk is handled on the state that the one before has left. */
export function KeyRouter({ context }: { readonly context: ConsoleContext }) {
  useInput((input, key) => {
    for (const event of keyEvents(input, key)) routeKey(context, event);
  });
  usePaste((text) => routeKey(context, pasteEvent(text)));
  return null;
}
