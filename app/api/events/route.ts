import { eventList } from '@/lib/server/events/eventList';
import { recordReported } from '@/lib/server/events/recordReported';
import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import { listEvents, recordEvents } from '@/lib/shared/contract/events';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(listEvents, ({ query, request }) => eventList(query, request)),
  POST: route(recordEvents, ({ body, principal }) => recordReported(body, principal)),
});
