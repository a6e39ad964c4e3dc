import { eq } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { devices, events, people } from '@/db/schema';
import { personSummary } from '@/lib/server/people/personAnswer';
import type { EventAnswer } from '@/lib/shared/contract/events';

/** A recognition with its device and its person. */
export type SelectedEvent = Awaited<ReturnType<typeof selectEvents>>[number];

/** Starts a query of recognitions with their devices and people. */
export function selectEvents(db: Database) {
  return db
    .select({
      event: events,
      device: { id: devices.id, name: devices.name },
      person: { id: people.id, externalId: people.externalId, name: people.name },
    })
    .from(events)
    .leftJoin(devices, eq(devices.id, events.deviceId))
    .leftJoin(people, eq(people.id, events.personId))
    .$dynamic();
}

/** Returns a recognition as lists show it. */
export function eventAnswer({ event, device, person }: SelectedEvent): EventAnswer {
  return {
    id: event.id,
    at: event.at.toISOString(),
    received_at: event.receivedAt.toISOString(),
    device: device && { device_id: device.id, name: device.name },
    source: event.source,
    person: personSummary(person),
    face_id: event.faceId,
    trust: event.trust,
    liveness: event.liveness,
    clock: event.clock,
    corrected: event.corrected,
  };
}
