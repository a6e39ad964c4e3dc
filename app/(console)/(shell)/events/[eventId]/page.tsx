import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { z } from 'zod';
import { readEvent } from '@/lib/server/events/readEvent';
import { database } from '@/lib/server/platform/database';
import { currentSettings } from '@/lib/server/settings/currentSettings';
import { KithError } from '@/lib/shared/contract/errors';
import { canEditPeople, canReadGallery } from '@/lib/shared/contract/permissions';
import { PageHeader } from '../../../_components/ui/PageHeader';
import { HEADINGS } from '../../../_lib/headings';
import { requireAccount } from '../../../_lib/session';
import { CandidatesCard } from './CandidatesCard';
import { CorrectionActions } from './CorrectionActions';
import { CorrectionsCard } from './CorrectionsCard';
import { EventCard } from './EventCard';

export const metadata: Metadata = { title: HEADINGS.event.title };

export default async function EventPage({ params }: { params: Promise<{ eventId: string }> }) {
  const { role } = await requireAccount(canReadGallery);
  const event = await eventOf((await params).eventId);
  const { match_trust: threshold } = await currentSettings();
  const editable = canEditPeople(role);
  return (
    <>
      <PageHeader
        {...HEADINGS.event}
        description={
          <Link href="/events" className="hover:underline">
            All events
          </Link>
        }
        actions={editable ? <CorrectionActions event={event} /> : null}
      />
      <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex min-w-0 flex-col gap-5">
          <EventCard event={event} threshold={threshold} />
          <CandidatesCard event={event} />
        </div>
        <CorrectionsCard event={event} editable={editable} />
      </div>
    </>
  );
}

async function eventOf(id: string) {
  if (!z.uuid().safeParse(id).success) notFound();
  try {
    return await readEvent(await database(), id);
  } catch (error) {
    if (error instanceof KithError && error.code === 'NOT_FOUND') notFound();
    throw error;
  }
}
