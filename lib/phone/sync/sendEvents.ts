import type { EventQueue } from '@/lib/phone/store/EventQueue';
import { ask } from './server';

/** Recognitions of one request. */
const BATCH = 100;

/** Sends what waits, batch by batch. Throws what `ask` throws; what was not answered for stays waiting. */
export async function sendEvents(queue: EventQueue, token: string): Promise<void> {
  const ready = await queue.ready();
  for (let start = 0; start < ready.length; start += BATCH) {
    const events = ready.slice(start, start + BATCH);
    const { rejected } = await ask(token, (kith) => kith.events.record(events));
    const ids = events.map(({ id }) => id);
    await queue.settle(ids, new Set(rejected.map(({ id }) => id)));
  }
  if (ready.length > 0) await queue.forgetOld();
}
