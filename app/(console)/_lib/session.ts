import { cookies } from 'next/headers';
import { forbidden, redirect } from 'next/navigation';
import { cache } from 'react';
import { type Account, accountOfTokens, sessionTokens } from '@/lib/server/access/accounts/session';
import type { Role } from '@/lib/shared/contract/permissions';

/** Returns the signed-in account. Queries the database once per request. */
export const currentAccount = cache(async (): Promise<Account | null> => {
  const jar = await cookies();
  return accountOfTokens(sessionTokens((name) => jar.get(name)?.value));
});

/** Returns the account if it may see the page. Redirects to the login page, or responds with 403. */
export async function requireAccount(allowed: (role: Role) => boolean): Promise<Account> {
  const account = await currentAccount();
  if (account === null) redirect('/login');
  if (!allowed(account.role)) forbidden();
  return account;
}
