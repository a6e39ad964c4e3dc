import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { Providers } from '../_components/shell/Providers';
import { Shell } from '../_components/shell/Shell';
import { currentAccount } from '../_lib/session';

export default async function ShellLayout({ children }: { children: ReactNode }) {
  const account = await currentAccount();
  if (account === null) redirect('/login');
  const { email, name, role } = account;
  return (
    <Providers>
      <Shell user={{ email, name, role }}>{children}</Shell>
    </Providers>
  );
}
