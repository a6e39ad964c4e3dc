import type { Metadata } from 'next';
import { canRecognise } from '@/lib/shared/contract/permissions';
import { PageHeader } from '../../_components/ui/PageHeader';
import { HEADINGS } from '../../_lib/headings';
import { requireAccount } from '../../_lib/session';
import { TryTabs } from './TryTabs';

export const metadata: Metadata = { title: HEADINGS.try.title };

export default async function TryPage() {
  await requireAccount(canRecognise);
  return (
    <>
      <PageHeader {...HEADINGS.try} />
      <TryTabs />
    </>
  );
}
