import { and, desc, eq, gte, isNotNull, isNull, lt, or, type SQL, sql } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { events } from '@/db/schema';
import { type Position, readCursor, writeCursor } from '@/lib/server/lists/cursor';
import type { EventAnswer } from '@/lib/shared/contract/events';
import { eventAnswer, selectEvents } from './selectEvents';

export interface EventFilter {
  personId?: number | undefined;
  deviceId?: number | undefined;
  /** True: only recognised people. False: only unknown faces. */
  known?: boolean | undefined;
  /** True: only corrected recognitions. False: only uncorrected ones. */
  corrected?: boolean | undefined;
  /** From this instant on. */
  from?: Date | undefined;
  /** Before this instant. */
  to?: Date | undefined;
}

/**
 * Returns a page of recognitions, newest first.
 * @throws KithError BAD_REQUEST if the cursor is invalid
 */
export async function listEvents(
  db: Database,
  { cursor, limit, ...filter }: EventFilter & { cursor?: string | undefined; limit: number },
): Promise<{ events: EventAnswer[]; nextCursor: string | null }> {
  const rows = await page(
    db,
    filter,
    limit + 1,
    cursor === undefined ? null : readCursor(cursor, { key: 'time', id: 'uuid' }),
  );
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    events: shown.map(eventAnswer),
    nextCursor: rows.length > limit && last ? writeCursor([last.event.at, last.event.id]) : null,
  };
}

/** Yields all matching recognitions in pages, newest first, so that an export is never held in memory as a whole. */
export async function* allEvents(db: Database, filter: EventFilter, pageSize = 1000): AsyncGenerator<EventAnswer[]> {
  let after: Position<'time', 'uuid'> | null = null;
  for (;;) {
    const rows = await page(db, filter, pageSize, after);
    if (rows.length > 0) yield rows.map(eventAnswer);
    const last = rows.at(-1);
    if (rows.length < pageSize || !last) return;
    after = [last.event.at, last.event.id];
  }
}

function page(db: Database, filter: EventFilter, limit: number, after: Position<'time', 'uuid'> | null) {
  return selectEvents(db)
    .where(
      and(
        ...conditions(filter),
        after
          ? sql`(${events.at}, ${events.id}) < (${after[0].toISOString()}::timestamptz, ${after[1]}::uuid)`
          : undefined,
      ),
    )
    .orderBy(desc(events.at), desc(events.id))
    .limit(limit);
}

function conditions({ personId, deviceId, known, corrected, from, to }: EventFilter): (SQL | undefined)[] {
  return [
    personId === undefined ? undefined : eq(events.personId, personId),
    deviceId === undefined ? undefined : eq(events.deviceId, deviceId),
    known === undefined
      ? undefined
      : known
        ? or(isNotNull(events.faceId), isNotNull(events.personId))
        : and(isNull(events.faceId), isNull(events.personId)),
    corrected === undefined ? undefined : corrected ? sql`${events.corrected}` : sql`not ${events.corrected}`,
    from === undefined ? undefined : gte(events.at, from),
    to === undefined ? undefined : lt(events.at, to),
  ];
}
