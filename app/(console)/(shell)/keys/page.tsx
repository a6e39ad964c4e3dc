import type { Metadata } from 'next';
import { keyAnswer } from '@/lib/server/access/keys/keyAnswer';
import { listKeys } from '@/lib/server/access/keys/store';
import { database } from '@/lib/server/platform/database';
import { canManageKeys } from '@/lib/shared/contract/permissions';
import { Card } from '../../_components/ui/Card';
import { PageHeader } from '../../_components/ui/PageHeader';
import { HEADINGS } from '../../_lib/headings';
import { requireAccount } from '../../_lib/session';
import { CreateKey } from './CreateKey';
import { KeysTable } from './KeysTable';

export const metadata: Metadata = { title: HEADINGS.keys.title };

export default async function KeysPage() {
  await requireAccount(canManageKeys);
  const keys = (await listKeys(await database())).map(keyAnswer);
  return (
    <>
      <PageHeader {...HEADINGS.keys} actions={<CreateKey />} />
      <Card className="overflow-hidden">
        <KeysTable keys={keys} />
      </Card>
    </>
  );
}
