import type { Metadata } from 'next';
import { listDevices } from '@/lib/server/access/devices/store';
import { listEvents } from '@/lib/server/events/listEvents';
import { personNamedBy } from '@/lib/server/people/personNamedBy';
import { database } from '@/lib/server/platform/database';
import { canEditPeople, canReadGallery } from '@/lib/shared/contract/permissions';
import { PageHeader } from '../../_components/ui/PageHeader';
import { HEADINGS } from '../../_lib/headings';
import { requireAccount } from '../../_lib/session';
import { EventsBrowser } from './EventsBrowser';
import { EVENTS_PAGE } from './filters';

export const metadata: Metadata = { title: HEADINGS.events.title };

export default async function EventsPage({ searchParams }: { searchParams: Promise<{ person?: string }> }) {
  const { role } = await requireAccount(canReadGallery);
  const db = await database();
  const person = await personNamedBy(db, (await searchParams).person);
  const [{ events, nextCursor }, devices] = await Promise.all([
    listEvents(db, { limit: EVENTS_PAGE, personId: person?.person_id }),
    listDevices(db),
  ]);
  return (
    <>
      <PageHeader {...HEADINGS.events} />
      <EventsBrowser
        firstPage={{ events, next_cursor: nextCursor }}
        person={person}
        editable={canEditPeople(role)}
        devices={devices.map(({ id, name }) => ({ id, name }))}
      />
    </>
  );
}
