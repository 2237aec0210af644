import { describe, expect, it } from 'vitest';
import { accountChoice } from '../../src/cli/accountChoice.ts';
import type { Account } from '../../src/domain/model.ts';

const account = (name: string) => ({ id: `acc-${name}`, name }) as Account;
const remembering = (...names: (string | null)[]) =>
  names.map((name) => ({ lastAccountId: name === null ? null : `acc-${name}` }));
const [root, deploy, old] = [account('root'), account('deploy'), account('old')];

describe('accounts that nobody named', () => {
  it('are the only one there is', () => {
    expect(accountChoice([deploy], remembering(null, null))).toMatchObject({
      value: { accounts: [deploy], reason: 'only' },
    });
  });

  it('are those that worked on every device last time, the most used first (B50)', () => {
    expect(accountChoice([root, deploy, old], remembering('deploy', 'root', 'deploy'))).toMatchObject({
      value: { accounts: [deploy, root], reason: 'remembered' },
    });
  });

  it.each([
    ['one device remembers none', remembering('deploy', null)],
    ['there is no device', []],
  ])('are refused with the names of those there are: %s', (_, devices) => {
    expect(accountChoice([root, deploy], devices)).toMatchObject({
      failure: { code: 'input.accountMissing', params: { names: 'root, deploy' } },
    });
  });

  it('are refused where there is none', () => {
    expect(accountChoice([], remembering(null))).toMatchObject({ failure: { code: 'input.noAccount' } });
  });
});
