import type { Metadata } from 'next';
import { groupAnswer } from '@/lib/server/people/groups/groupAnswer';
import { listGroups } from '@/lib/server/people/groups/store';
import { listPeople } from '@/lib/server/people/listPeople';
import { THE_SERVER } from '@/lib/server/people/ownership';
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
  const db = await database();
  const [page, groups] = await Promise.all([
    listPeople(db, { limit: 60, search: shown.q, order: shown.order, groupId: Number(shown.group) || undefined }),
    listGroups(db, { caller: THE_SERVER }),
  ]);
  const editable = canEditPeople(role);
  return (
    <>
      <PageHeader {...HEADINGS.people} actions={editable ? <NewPerson /> : null} />
      <PeopleBrowser
        filters={shown}
        editable={editable}
        groups={groups.map(groupAnswer)}
        firstPage={{ people: page.people.map(personAnswer), next_cursor: page.nextCursor }}
      />
    </>
  );
}
