import type { Metadata } from 'next';
import { z } from 'zod';
import { listPeople } from '@/lib/server/people/listPeople';
import { personAnswer } from '@/lib/server/people/personAnswer';
import { database } from '@/lib/server/platform/database';
import { canEditPeople, canReadGallery } from '@/lib/shared/contract/permissions';
import { PageHeader } from '../../_components/ui/PageHeader';
import { HEADINGS } from '../../_lib/headings';
import { requireAccount } from '../../_lib/session';
import { NewPerson } from './NewPerson';
import { PeopleBrowser } from './PeopleBrowser';

export const metadata: Metadata = { title: HEADINGS.people.title };

const filters = z.object({ q: z.string().max(200).catch(''), order: z.enum(['newest', 'name']).catch('newest') });
export type PeopleFilters = z.infer<typeof filters>;

export default async function PeoplePage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | undefined>>;
}) {
  const { role } = await requireAccount(canReadGallery);
  const shown = filters.parse(await searchParams);
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
