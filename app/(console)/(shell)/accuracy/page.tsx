import type { Metadata } from 'next';
import { canChangeSettings } from '@/lib/shared/contract/permissions';
import { PageHeader } from '../../_components/ui/PageHeader';
import { HEADINGS } from '../../_lib/headings';
import { requireAccount } from '../../_lib/session';
import { AccuracyReport } from './AccuracyReport';

export const metadata: Metadata = { title: HEADINGS.accuracy.title };

export default async function AccuracyPage() {
  await requireAccount(canChangeSettings);
  return (
    <>
      <PageHeader {...HEADINGS.accuracy} />
      <AccuracyReport />
    </>
  );
}
