import type { Metadata } from 'next';
import { canRecognise } from '@/lib/accounts/permissions';
import { PageHeader } from '../../_components/ui/PageHeader';
import { requireAccount } from '../../_lib/session';
import { TryTabs } from './TryTabs';

export const metadata: Metadata = { title: 'Try it' };

export default async function TryPage() {
  await requireAccount(canRecognise);
  return (
    <>
      <PageHeader title="Try it" description="See who Kith recognises in a picture. Nothing of it is kept." />
      <TryTabs />
    </>
  );
}
