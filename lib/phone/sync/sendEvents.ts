import type { EventQueue, QueuedEvent } from '@/lib/phone/store/EventQueue';
import { ERRORS } from '@/lib/shared/contract/errors';
import { ask, ServerError } from './server';

/** Recognitions of one request. */
const BATCH = 100;

/**
 * Sends what waits, batch by batch. Throws what `ask` throws; what was not answered for stays waiting.
 * @param onSent called after each batch
 */
export async function sendEvents(queue: EventQueue, token: string, onSent: () => void = () => {}): Promise<void> {
  const ready = await queue.ready();
  for (let start = 0; start < ready.length; start += BATCH) {
    const events = ready.slice(start, start + BATCH);
    const { rejected } = await send(events, token);
    const ids = events.map(({ id }) => id);
    await queue.settle(ids, new Set(rejected.map(({ id }) => id)));
    onSent();
  }
  if (ready.length > 0) await queue.forgetOld();
}

/** A server of an earlier version, as after going back to one, refuses the lineage that it does not know. */
async function send(events: QueuedEvent[], token: string) {
  try {
    return await ask(token, (kith) => kith.events.record(events));
  } catch (error) {
    if (!(error instanceof ServerError) || error.type !== ERRORS.BAD_REQUEST.type || !error.message.includes('lineage'))
      throw error;
    return ask(token, (kith) => kith.events.record(events.map(({ lineage: _, ...event }) => event)));
  }
}
