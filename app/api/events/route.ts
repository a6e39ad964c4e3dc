import { listEvents, recordEvents } from '@/lib/contract/events';
import { eventList } from '@/lib/events/eventList';
import { recordReported } from '@/lib/events/recordReported';
import { methods } from '@/lib/http/methods';
import { route } from '@/lib/http/route';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(listEvents, ({ query, request }) => eventList(query, request)),
  POST: route(recordEvents, ({ body, principal }) => recordReported(body, principal)),
});
