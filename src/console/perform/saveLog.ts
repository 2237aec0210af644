import type { Failure } from '../../domain/failure.ts';
import type { ConsoleContext } from '../consoleContext.ts';
import { readAfter } from '../run/logChunks.ts';
import { words } from '../state/words.ts';
import { selectShownDevice } from '../viewmodels/selectRun.ts';
import { notify } from './ask.ts';
import { subjectOf } from './logKeys.ts';
import { openForm, textOrNull } from './openForm.ts';

/** A file's name without anything that a shell or a file system takes for more than a letter. */
export const fileNamePart = (name: string): string => name.replace(/[^\p{L}\p{N}._-]+/gu, '_').slice(0, 80);

/** The whole log of the shown attempt into a file beside the console, sanitised as it is shown (B102). */
export function saveLog(context: ConsoleContext) {
  const { run } = context.getState();
  const device = selectShownDevice(context.getState());
  if (!run?.run || !run.log || device === null) return;
  const subject = subjectOf(context, run.log);
  const number = run.run.number;
  const name = `haifu-run${number}-${fileNamePart(device.name)}-attempt${subject.attempt ?? device.attempt}.log`;
  openForm(context, {
    title: words('run.save.log'),
    fields: [{ id: 'path', kind: 'text', label: words('console.form.path'), help: words('run.save.help') }],
    values: { path: name },
    info: [words('run.save.command', { number, device: device.name })],
    submit: async (values) => {
      const path = textOrNull(values['path']);
      if (path === null) return { field: 'path', content: words('console.form.required') };
      let problem: Failure | null = null;
      async function* parts() {
        for (let offset = 0; ; ) {
          const read = await readAfter(context.send, subject, offset);
          if (!read.ok) {
            problem = read.failure;
            return;
          }
          const { chunk } = read.value;
          if (chunk.nextOffset === chunk.offset) return;
          yield chunk.lines.map((line) => `${line}\n`).join('');
          offset = chunk.nextOffset;
        }
      }
      const written = await context.writeFile(path, parts());
      if (!written.ok) return { field: 'path', content: written.failure };
      if (problem !== null) return { field: 'path', content: problem };
      notify(context, words('run.saved', { path: context.absolutePath(path) }));
      return null;
    },
  });
}
