import { readdirSync, readFileSync } from 'node:fs';

type Place = 'cmdline' | 'environ';

/** Secrets seen in a command line or environment of any process of any device, sampled until told to stop. */
export function watchProcesses(
  secrets: readonly string[],
  places: readonly Place[] = ['cmdline', 'environ'],
): { stop(): string[] } {
  const seen = new Set<string>();
  const sample = () => {
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      if (Number(pid) === process.pid) continue;
      for (const file of places) {
        try {
          const text = readFileSync(`/proc/${pid}/${file}`, 'utf8');
          for (const secret of secrets) if (text.includes(secret)) seen.add(`${file}: ${secret}`);
        } catch {
          // the process has ended
        }
      }
    }
  };
  const timer = setInterval(sample, 5);
  return {
    stop() {
      clearInterval(timer);
      sample();
      return [...seen];
    },
  };
}
