import type { Architecture } from '../domain/model.ts';
import { normaliseArchitecture } from '../domain/platformMatch.ts';
import { endingOf } from './fileEndings.ts';

export interface NamedFile {
  readonly name: string;
  /** Empty when the file's name has none. */
  readonly version: string;
  readonly architecture: Architecture;
}

const systemWord = /[-_.](linux|gnu|musl|unknown|glibc[\d.]*|static|bin|installer|setup|64bit|32bit)$/i;
const architectureWord =
  /[-_.](amd64|x86_64|x64|arm64|aarch64|armhf|armv7l?|i[3-6]86|x86|ppc64le|s390x|riscv64|noarch|all)$/i;

/** Name, version and architecture as vendors write them: `tool-1.4.2-linux-x86_64.tar.gz`, `agent_v2.0.run`. */
export function nameFromFile(fileName: string): NamedFile {
  const ending = endingOf(fileName)?.ending ?? '';
  let stem = fileName.slice(0, fileName.length - ending.length);
  let architecture: Architecture = 'all';
  for (;;) {
    const word = architectureWord.exec(stem) ?? systemWord.exec(stem);
    if (word === null || word.index === 0) break;
    const named = normaliseArchitecture(word[1] ?? '');
    if (named !== null) architecture = named;
    stem = stem.slice(0, word.index);
  }
  const [, name, version] = /^(.+?)[-_ .]?[-_ ]v?(\d+(?:[.\-+~_][0-9A-Za-z]+)*)$/i.exec(stem) ?? [];
  return { name: name ?? (stem || fileName), version: version ?? '', architecture };
}
