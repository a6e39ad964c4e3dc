import type { Metadata } from 'next';
import { presentUser } from '@/lib/server/access/accounts/presentUser';
import { listUsers } from '@/lib/server/access/accounts/users';
import { canManageUsers } from '@/lib/shared/contract/permissions';
import { Card } from '../../_components/ui/Card';
import { PageHeader } from '../../_components/ui/PageHeader';
import { HEADINGS } from '../../_lib/headings';
import { requireAccount } from '../../_lib/session';
import { InviteUser } from './InviteUser';
import { UsersTable } from './UsersTable';

export const metadata: Metadata = { title: HEADINGS.users.title };

export default async function UsersPage() {
  const account = await requireAccount(canManageUsers);
  const users = (await listUsers()).map(presentUser);
  return (
    <>
      <PageHeader {...HEADINGS.users} actions={<InviteUser />} />
      <Card className="overflow-hidden">
        <UsersTable users={users} ownId={account.id} />
      </Card>
    </>
  );
}
