import { call } from '../server';
import type { EventQueue } from './EventQueue';

/** Recognitions of one request. */
const BATCH = 100;

/** Sends what waits, batch by batch. Throws what `call` throws; what was not answered for stays waiting. */
export async function sendEvents(queue: EventQueue, token: string): Promise<void> {
  const ready = await queue.ready();
  for (let start = 0; start < ready.length; start += BATCH) {
    const events = ready.slice(start, start + BATCH);
    const response = await call({ path: '/api/events', token, json: { events, sent_at: new Date().toISOString() } });
    const { rejected }: { rejected: { id: string }[] } = await response.json();
    const ids = events.map(({ id }) => id);
    await queue.settle(ids, new Set(rejected.map(({ id }) => id)));
  }
  if (ready.length > 0) await queue.forgetOld();
}
