import type { EventQueue, QueuedEvent } from '@/lib/phone/store/EventQueue';
import { ask } from './server';
import { withoutRefused } from './withoutRefused';

/** Recognitions of one request. */
const BATCH = 100;

/** Fields that servers of earlier versions refuse. */
const ADDED_LATER = ['candidates', 'lineage'] as const;

/**
 * Sends the waiting recognitions, batch by batch. A batch without an answer stays waiting. Throws what `ask` throws.
 * @param onSent called after each batch
 */
export async function sendEvents(queue: EventQueue, token: string, onSent: () => void = () => {}): Promise<void> {
  const send = withoutRefused(ADDED_LATER, (events: QueuedEvent[], known) =>
    ask(token, (kith) => kith.events.record(events.map((event) => known(event)))),
  );
  const ready = await queue.ready();
  for (let start = 0; start < ready.length; start += BATCH) {
    const events = ready.slice(start, start + BATCH);
    const { rejected } = await send(events);
    const ids = events.map(({ id }) => id);
    await queue.settle(ids, new Set(rejected.map(({ id }) => id)));
    onSent();
  }
  if (ready.length > 0) await queue.forgetOld();
}
