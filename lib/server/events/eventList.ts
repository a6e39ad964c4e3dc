import type { Database } from '@/db/client';
import { csvResponse } from '@/lib/server/platform/csv/csvResponse';
import { wantsCsv } from '@/lib/server/platform/csv/wantsCsv';
import { database } from '@/lib/server/platform/database';
import type { listEvents as operation } from '@/lib/shared/contract/events';
import type { AnswerOf, QueryOf } from '@/lib/shared/contract/operation';
import { CSV_HEADER, eventLine } from './csv';
import { allEvents, type EventFilter, listEvents } from './listEvents';

/** Returns a page of recognitions as JSON, or all of them as CSV if the caller asks for CSV. */
export async function eventList(
  { cursor, limit, ...query }: QueryOf<typeof operation>,
  request: Request,
): Promise<AnswerOf<typeof operation> | Response> {
  const db = await database();
  const filter: EventFilter = {
    personId: query.person_id,
    deviceId: query.device_id,
    known: query.known === undefined ? undefined : query.known === 'true',
    corrected: query.corrected === undefined ? undefined : query.corrected === 'true',
    from: query.from === undefined ? undefined : new Date(query.from),
    to: query.to === undefined ? undefined : new Date(query.to),
  };
  if (wantsCsv(request)) return csvResponse('recognitions.csv', eventLines(db, filter));
  const { events, nextCursor } = await listEvents(db, { ...filter, cursor, limit });
  return { events, next_cursor: nextCursor };
}

/** Yields the lines page by page, as fast as the caller reads. */
async function* eventLines(db: Database, filter: EventFilter): AsyncGenerator<string> {
  yield CSV_HEADER;
  for await (const page of allEvents(db, filter)) yield page.map(eventLine).join('');
}
