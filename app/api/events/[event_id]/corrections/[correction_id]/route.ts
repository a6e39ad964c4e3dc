import { actorOf } from '@/lib/server/audit/recordAudit';
import * as events from '@/lib/server/events/correctEvent';
import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import { database } from '@/lib/server/platform/database';
import { takeBackCorrection } from '@/lib/shared/contract/events';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  DELETE: route(takeBackCorrection, async ({ params, principal }) =>
    events.takeBackCorrection(await database(), params.event_id, {
      correctionId: params.correction_id,
      by: actorOf(principal, null),
    }),
  ),
});
