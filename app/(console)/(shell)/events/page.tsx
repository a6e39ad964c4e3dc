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
import { EVENTS_PAGE, eventFilters } from './filters';

export const metadata: Metadata = { title: HEADINGS.events.title };

export default async function EventsPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { role } = await requireAccount(canReadGallery);
  const db = await database();
  const { person: personId, ...shown } = eventFilters.parse(await searchParams);
  const person = await personNamedBy(db, personId);
  const [{ events, nextCursor }, devices] = await Promise.all([
    listEvents(db, {
      limit: EVENTS_PAGE,
      personId: person?.person_id,
      deviceId: shown.device === '' ? undefined : Number(shown.device),
      known: shown.known === '' ? undefined : shown.known === 'true',
      corrected: shown.corrected === '' ? undefined : shown.corrected === 'true',
    }),
    listDevices(db),
  ]);
  return (
    <>
      <PageHeader {...HEADINGS.events} />
      <EventsBrowser
        key={JSON.stringify([shown, person?.person_id])}
        firstPage={{ events, next_cursor: nextCursor }}
        filters={{ ...shown, person }}
        editable={canEditPeople(role)}
        devices={devices.map(({ id, name }) => ({ id, name }))}
      />
    </>
  );
}
