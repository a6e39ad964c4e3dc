import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { canImport } from '@/lib/accounts/permissions';
import { KithError } from '@/lib/contract/errors';
import { summaryOf } from '@/lib/imports/store';
import { database } from '@/lib/server/database';
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
