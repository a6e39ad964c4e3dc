import type { Database } from '@/db/client';
import { database } from '@/lib/server/platform/database';
import type { listEvents as operation } from '@/lib/shared/contract/events';
import type { AnswerOf, QueryOf } from '@/lib/shared/contract/operation';
import { CSV_HEADER, csvLine } from './csv';
import { allEvents, type EventFilter, listEvents } from './listEvents';

/** A page of recognitions as JSON, or all of them as CSV where the caller asks for that. */
export async function eventList(
  { cursor, limit, ...query }: QueryOf<typeof operation>,
  request: Request,
): Promise<AnswerOf<typeof operation> | Response> {
  const db = await database();
  const filter: EventFilter = {
    personId: query.person_id,
    deviceId: query.device_id,
    known: query.known === undefined ? undefined : query.known === 'true',
    from: query.from === undefined ? undefined : new Date(query.from),
    to: query.to === undefined ? undefined : new Date(query.to),
  };
  if (wantsCsv(request)) return csvResponse(db, filter);
  const { events, nextCursor } = await listEvents(db, { ...filter, cursor, limit });
  return { events, next_cursor: nextCursor };
}

function wantsCsv(request: Request): boolean {
  return (request.headers.get('accept') ?? '').split(',').some((type) => /^\s*text\/csv\s*(;|$)/i.test(type));
}

/** Page by page as the caller reads, so that a slow reader does not fill the server's memory. */
function csvResponse(db: Database, filter: EventFilter): Response {
  const pages = allEvents(db, filter);
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(CSV_HEADER)),
    async pull(controller) {
      const { value, done } = await pages.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value.map(csvLine).join('')));
    },
    async cancel() {
      await pages.return(undefined);
    },
  });
  return new Response(body, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="recognitions.csv"',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    },
  });
}
