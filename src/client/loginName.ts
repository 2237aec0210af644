import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';

const unset = 4_294_967_295;

/** B103: who logged in, also behind `sudo` or `su`, as the kernel's audit remembers it (`man 7 loginuid`). */
export function loginName(): string {
  const own = userInfo();
  try {
    const uid = Number(readFileSync('/proc/self/loginuid', 'utf8'));
    if (uid === unset || uid === own.uid) return own.username;
    const entry = readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .map((line) => line.split(':'))
      .find((fields) => Number(fields[2]) === uid);
    return entry?.[0] || own.username;
  } catch {
    return own.username;
  }
}
