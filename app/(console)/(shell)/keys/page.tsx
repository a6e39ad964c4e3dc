import type { Metadata } from 'next';
import { limitsOf } from '@/lib/server/access/groupLimit';
import { keyAnswer } from '@/lib/server/access/keys/keyAnswer';
import { listKeys } from '@/lib/server/access/keys/store';
import { groupAnswer } from '@/lib/server/people/groups/groupAnswer';
import { listGroups } from '@/lib/server/people/groups/store';
import { THE_SERVER } from '@/lib/server/people/ownership';
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
  const db = await database();
  const [rows, groups] = await Promise.all([listKeys(db), listGroups(db, { caller: THE_SERVER })]);
  const limitOf = await limitsOf(db, rows);
  const keys = rows.map((key) => keyAnswer(key, limitOf(key)));
  return (
    <>
      <PageHeader {...HEADINGS.keys} actions={<CreateKey groups={groups.map(groupAnswer)} />} />
      <Card className="overflow-hidden">
        <KeysTable keys={keys} />
      </Card>
    </>
  );
}
