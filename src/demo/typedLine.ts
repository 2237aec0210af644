/**
 * A line typed on the terminal, read by `readable` events as Ink reads its keys: a readline that is closed leaves the
 * input stopped, and the console that opens next would be deaf.
 */
export function typedLine(prompt: string): Promise<string> {
  const { stdin, stderr } = process;
  const { promise, resolve } = Promise.withResolvers<string>();
  let typed = '';
  const end = (): void => {
    stdin.off('readable', take);
    stdin.off('end', end);
    stdin.unref();
    resolve(typed);
  };
  const take = (): void => {
    for (let chunk = stdin.read(); chunk !== null; chunk = stdin.read()) typed += String(chunk);
    if (/[\r\n]/.test(typed)) end();
  };
  stdin.setRawMode(false);
  stdin.ref();
  stdin.on('readable', take);
  stdin.on('end', end);
  stderr.write(prompt);
  return promise;
}

/** Yes in either language; everything else is no. */
export const isYes = (line: string): boolean => /^(y|yes|はい|ｙ)$/i.test(line.trim());
