import type { MessageKey } from '../../i18n/messages.ts';
import type { Words } from './field.ts';

type Suffixed<K extends string> = K extends `wizard.${infer P}.help` ? P : never;
/** Names of options: each has a text `wizard.<name>` and its help `wizard.<name>.help` (B2). */
export type OptionName = Suffixed<MessageKey>;

/** The id and the words of an option: its value, its texts and its id share one name. */
export function option<N extends OptionName>(name: N): { id: N; label: Words; help: Words } {
  return {
    id: name,
    label: { key: `wizard.${name}` as MessageKey },
    help: { key: `wizard.${name}.help` as MessageKey },
  };
}
