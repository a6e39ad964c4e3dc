import type { Metadata } from 'next';
import { listPeople } from '@/lib/server/people/listPeople';
import { personAnswer } from '@/lib/server/people/personAnswer';
import { database } from '@/lib/server/platform/database';
import { canEditPeople, canReadGallery } from '@/lib/shared/contract/permissions';
import { PageHeader } from '../../_components/ui/PageHeader';
import { HEADINGS } from '../../_lib/headings';
import { requireAccount } from '../../_lib/session';
import { peopleFilters } from './filters';
import { NewPerson } from './NewPerson';
import { PeopleBrowser } from './PeopleBrowser';

export const metadata: Metadata = { title: HEADINGS.people.title };

export default async function PeoplePage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | undefined>>;
}) {
  const { role } = await requireAccount(canReadGallery);
  const shown = peopleFilters.parse(await searchParams);
  const page = await listPeople(await database(), { limit: 60, search: shown.q, order: shown.order });
  const editable = canEditPeople(role);
  return (
    <>
      <PageHeader {...HEADINGS.people} actions={editable ? <NewPerson /> : null} />
      <PeopleBrowser
        filters={shown}
        editable={editable}
        firstPage={{ people: page.people.map(personAnswer), next_cursor: page.nextCursor }}
      />
    </>
  );
}
