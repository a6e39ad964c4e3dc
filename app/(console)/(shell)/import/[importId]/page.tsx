import type { Metadata } from 'next';
import { summaryOf } from '@/lib/server/batches/store';
import { database } from '@/lib/server/platform/database';
import { canImport } from '@/lib/shared/contract/permissions';
import { idOrNotFound, orNotFound } from '../../../_lib/orNotFound';
import { requireAccount } from '../../../_lib/session';
import { ImportProgress } from './ImportProgress';

export const metadata: Metadata = { title: 'Import' };

export default async function ImportDetailPage({ params }: { params: Promise<{ importId: string }> }) {
  await requireAccount(canImport);
  const id = idOrNotFound((await params).importId);
  return <ImportProgress first={await orNotFound(async () => summaryOf(await database(), id))} />;
}
