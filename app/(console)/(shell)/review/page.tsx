import type { Metadata } from 'next';
import { canEditPeople } from '@/lib/shared/contract/permissions';
import { PageHeader } from '../../_components/ui/PageHeader';
import { HEADINGS } from '../../_lib/headings';
import { requireAccount } from '../../_lib/session';
import { reviewFilters } from './filters';
import { ReviewList } from './ReviewList';

export const metadata: Metadata = { title: HEADINGS.review.title };

export default async function ReviewPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  await requireAccount(canEditPeople);
  const { kind } = reviewFilters.parse(await searchParams);
  return (
    <>
      <PageHeader {...HEADINGS.review} />
      <ReviewList kind={kind} />
    </>
  );
}
