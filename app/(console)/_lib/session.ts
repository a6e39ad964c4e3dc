import { cookies } from 'next/headers';
import { forbidden, redirect } from 'next/navigation';
import { cache } from 'react';
import { type Account, accountOfTokens, sessionTokens } from '@/lib/server/access/accounts/session';
import type { Role } from '@/lib/shared/contract/permissions';

/** Who is looking at this page, asked of the database once a request. */
export const currentAccount = cache(async (): Promise<Account | null> => {
  const jar = await cookies();
  return accountOfTokens(sessionTokens((name) => jar.get(name)?.value));
});

/** Lets a page continue only for someone signed in who may see it; the others go to the login page or get a 403. */
export async function requireAccount(allowed: (role: Role) => boolean): Promise<Account> {
  const account = await currentAccount();
  if (account === null) redirect('/login');
  if (!allowed(account.role)) forbidden();
  return account;
}
