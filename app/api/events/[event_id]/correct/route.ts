import { actorOf } from '@/lib/server/audit/recordAudit';
import * as events from '@/lib/server/events/correctEvent';
import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import { database } from '@/lib/server/platform/database';
import { correctEvent } from '@/lib/shared/contract/events';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(correctEvent, async ({ params, body, principal }) =>
    events.correctEvent(await database(), params.event_id, {
      personId: body.person_id ?? null,
      by: actorOf(principal, null),
    }),
  ),
});
