import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { summaryOf } from '@/lib/server/batches/store';
import { database } from '@/lib/server/platform/database';
import { KithError } from '@/lib/shared/contract/errors';
import { canImport } from '@/lib/shared/contract/permissions';
import { requireAccount } from '../../../_lib/session';
import { ImportProgress } from './ImportProgress';

export const metadata: Metadata = { title: 'Import' };

export default async function ImportDetailPage({ params }: { params: Promise<{ importId: string }> }) {
  await requireAccount(canImport);
  const id = Number((await params).importId);
  if (!Number.isSafeInteger(id) || id < 1) notFound();
  try {
    return <ImportProgress first={await summaryOf(await database(), id)} />;
  } catch (error) {
    if (error instanceof KithError && error.code === 'NOT_FOUND') notFound();
    throw error;
  }
}
