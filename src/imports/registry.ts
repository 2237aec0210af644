import { type DeviceList, DeviceListBuilder, invalid, largestListBytes } from './deviceList.ts';
import { listText } from './listText.ts';

interface ListFormat {
  readonly id: string;
  /** How sure a look at the file's name and first lines makes: the highest wins. */
  likelihood(fileName: string, head: string): number;
  load(): Promise<(text: string) => DeviceList>;
}

const ansibleLoaders = {
  ini: async () => (await import('./ansibleIni.ts')).parseAnsibleIni,
  yaml: async () => (await import('./ansibleYaml.ts')).parseAnsibleYaml,
};
const isYaml = (text: string): boolean => /^(---\s*$|[A-Za-z_][\w-]*:\s*($|#|\{|&))/m.test(text);

/** A first line with a delimiter and the name of the one column that must be there. */
const csvHeader = /^\ufeff?(?=[^\r\n]*[,;\t])[^#\r\n]*(address|host|\bip\b|アドレス|ホスト)/i;

/** Every format of device lists; adding one is a file and an entry here. */
const formats: readonly ListFormat[] = [
  {
    id: 'text',
    likelihood: () => 1,
    load: async () => (await import('./textList.ts')).parseTextList,
  },
  {
    id: 'csv',
    likelihood: (name, head) => (/\.(csv|tsv)$/i.test(name) ? 4 : csvHeader.test(head) ? 2 : 0),
    load: async () => (await import('./csvList.ts')).parseCsvList,
  },
  {
    id: 'ansible',
    likelihood: (name, head) =>
      /\.(ya?ml|ini)$/i.test(name)
        ? 4
        : /\bansible_\w+\s*[=:]|^\[[^\]\d][^\]]*\]\s*$/m.test(head) || isYaml(head)
          ? 3
          : 0,
    load: async () => {
      const [ini, yaml] = [await ansibleLoaders.ini(), await ansibleLoaders.yaml()];
      return (text) => (isYaml(text) ? yaml(text) : ini(text));
    },
  },
  {
    id: 'ssh-config',
    likelihood: (name, head) =>
      /(^|\/)(ssh_)?config$/i.test(name) ? 5 : /^\s*Host(Name)? +[^,;\t\r\n]+$/im.test(head) ? 3.5 : 0,
    load: async () => (await import('./sshConfigList.ts')).parseSshConfigList,
  },
];

export const listFormats: readonly string[] = formats.map(({ id }) => id);

/**
 * Reads a list of devices from a file's bytes. `format` null: told from the name and the first lines. Never throws:
 * what cannot be read is in `refused`.
 */
export async function parseDeviceList(
  bytes: Uint8Array,
  fileName: string,
  format: string | null,
): Promise<DeviceList & { readonly format: string }> {
  if (bytes.length > largestListBytes) {
    return { ...refusedWhole('listSize'), format: format ?? 'text' };
  }
  const text = listText(bytes);
  // A program or an archive: words that look like addresses by chance must not become devices.
  if (text.includes('\0')) return { ...refusedWhole('plainText'), format: format ?? 'text' };
  const head = text.slice(0, 8192);
  const chosen =
    formats.find(({ id }) => id === format) ??
    formats.toSorted((a, b) => b.likelihood(fileName, head) - a.likelihood(fileName, head))[0]!;
  const read = await chosen.load();
  return { ...read(text), format: chosen.id };
}

function refusedWhole(expected: string): DeviceList {
  const builder = new DeviceListBuilder();
  builder.refuse(1, '', invalid('file', expected));
  return builder.list();
}
