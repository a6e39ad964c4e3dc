import type { Metadata } from 'next';
import { groupAnswer } from '@/lib/server/people/groups/groupAnswer';
import { listGroups } from '@/lib/server/people/groups/store';
import { THE_SERVER } from '@/lib/server/people/ownership';
import { database } from '@/lib/server/platform/database';
import { canEditPeople, canReadGallery } from '@/lib/shared/contract/permissions';
import { PageHeader } from '../../_components/ui/PageHeader';
import { HEADINGS } from '../../_lib/headings';
import { requireAccount } from '../../_lib/session';
import { groupFilters } from './filters';
import { GroupsBrowser } from './GroupsBrowser';
import { NewGroup } from './NewGroup';

export const metadata: Metadata = { title: HEADINGS.groups.title };

export default async function GroupsPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | undefined>>;
}) {
  const { role } = await requireAccount(canReadGallery);
  const filters = groupFilters.parse(await searchParams);
  const groups = await listGroups(await database(), { search: filters.q, caller: THE_SERVER });
  const editable = canEditPeople(role);
  return (
    <>
      <PageHeader {...HEADINGS.groups} actions={editable ? <NewGroup /> : null} />
      <GroupsBrowser groups={groups.map(groupAnswer)} filters={filters} editable={editable} />
    </>
  );
}
