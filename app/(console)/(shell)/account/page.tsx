import type { Metadata } from 'next';
import { openSessionsOf } from '@/lib/server/access/accounts/session';
import { canReadGallery } from '@/lib/shared/contract/permissions';
import { Card, CardHeader } from '../../_components/ui/Card';
import { PageHeader } from '../../_components/ui/PageHeader';
import { HEADINGS } from '../../_lib/headings';
import { requireAccount } from '../../_lib/session';
import { PasswordForm } from './PasswordForm';
import { SessionList } from './SessionList';

export const metadata: Metadata = { title: HEADINGS.account.title };

export default async function AccountPage() {
  const account = await requireAccount(canReadGallery);
  const sessions = await openSessionsOf(account.id);
  return (
    <>
      <PageHeader {...HEADINGS.account} description={`${account.email} · ${account.role}`} />
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <Card>
          <CardHeader title="Password" description="Changing it signs you out everywhere else." />
          <PasswordForm email={account.email} />
        </Card>
        <Card>
          <CardHeader title="Signed in on" description="A sign-in lasts seven days." />
          <SessionList
            sessions={sessions.map((session) => ({
              ...session,
              createdAt: session.createdAt.toISOString(),
              current: session.id === account.sessionId,
            }))}
          />
        </Card>
      </div>
    </>
  );
}
