import type { Metadata } from 'next';
import type { Database } from '@/db/client';
import { canEditPeople, canReadGallery } from '@/lib/accounts/permissions';
import { KithError } from '@/lib/contract/errors';
import { listDevices } from '@/lib/devices/store';
import { listEvents } from '@/lib/events/listEvents';
import { personAnswer } from '@/lib/people/personAnswer';
import { getPerson } from '@/lib/people/store';
import { database } from '@/lib/server/database';
import { PageHeader } from '../../_components/ui/PageHeader';
import { requireAccount } from '../../_lib/session';
import { EventsBrowser } from './EventsBrowser';
import { EVENTS_PAGE } from './filters';

export const metadata: Metadata = { title: 'Events' };

/** `?person=7` shows one person's; an address that names nobody shows everybody's. */
async function personNamed(db: Database, given: string | undefined) {
  const id = Number(given);
  if (!Number.isSafeInteger(id) || id < 1) return null;
  try {
    return personAnswer(await getPerson(db, id));
  } catch (error) {
    if (error instanceof KithError && error.code === 'NOT_FOUND') return null;
    throw error;
  }
}

export default async function EventsPage({ searchParams }: { searchParams: Promise<{ person?: string }> }) {
  const { role } = await requireAccount(canReadGallery);
  const db = await database();
  const person = await personNamed(db, (await searchParams).person);
  const [{ events, nextCursor }, devices] = await Promise.all([
    listEvents(db, { limit: EVENTS_PAGE, personId: person?.person_id }),
    listDevices(db),
  ]);
  return (
    <>
      <PageHeader title="Events" description="Who was recognised on which device, and when. Each one is kept once." />
      <EventsBrowser
        firstPage={{ events, next_cursor: nextCursor }}
        person={person}
        editable={canEditPeople(role)}
        devices={devices.map(({ id, name }) => ({ id, name }))}
      />
    </>
  );
}
