import type { Metadata } from 'next';
import { canManageKeys } from '@/lib/accounts/permissions';
import { keyAnswer } from '@/lib/keys/keyAnswer';
import { listKeys } from '@/lib/keys/store';
import { database } from '@/lib/server/database';
import { Card } from '../../_components/ui/Card';
import { PageHeader } from '../../_components/ui/PageHeader';
import { requireAccount } from '../../_lib/session';
import { CreateKey } from './CreateKey';
import { KeysTable } from './KeysTable';

export const metadata: Metadata = { title: 'API keys' };

export default async function KeysPage() {
  await requireAccount(canManageKeys);
  const keys = (await listKeys(await database())).map(keyAnswer);
  return (
    <>
      <PageHeader
        title="API keys"
        description="For programs that enrol and recognise. Give each only what it needs."
        actions={<CreateKey />}
      />
      <Card className="overflow-hidden">
        <KeysTable keys={keys} />
      </Card>
    </>
  );
}
