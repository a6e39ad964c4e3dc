import * as events from '@/lib/server/events/readEvent';
import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import { database } from '@/lib/server/platform/database';
import { readEvent } from '@/lib/shared/contract/events';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(readEvent, async ({ params }) => events.readEvent(await database(), params.event_id)),
});
