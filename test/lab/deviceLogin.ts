import { Terminal } from '../journeys/terminal.ts';
import type { Lab } from './lab.ts';

/** Somebody who sits at a device: a login by SSH on a real terminal, with a shell that has said it is ready. */
export async function logIn(lab: Lab, device: string, user: string): Promise<Terminal> {
  const [command, ...prefix] = await lab.hubPrefix();
  const { keyPath, devices } = await lab.inventory();
  const address = devices.find(({ name }) => name === device)!.address;
  const options = ['UserKnownHostsFile=/dev/null', 'StrictHostKeyChecking=no', 'LogLevel=ERROR'];
  const terminal = new Terminal({
    command,
    arguments: [
      ...prefix,
      ...['ssh', '-tt', '-F', 'none', '-i', keyPath, ...options.flatMap((option) => ['-o', option])],
      ...[`${user}@${address}`, 'PS1="at-desk> " bash --norc --noprofile -i'],
    ],
    width: 120,
    height: 40,
  });
  await terminal.waitFor('at-desk>');
  return terminal;
}
