import type { Database } from '@/db/client';
import { fetchAllow } from '@/lib/server/outbound/fetchAllow';
import { keepDoing } from '@/lib/server/platform/keepDoing';
import { log } from '@/lib/server/platform/log';
import { dueWebhookIds } from './claim';
import { eraseOldDeliveries } from './eraseOldDeliveries';
import { runLane } from './lane';
import { onWebhooksDue } from './wake';

/** How often a running server looks for posts that are due again, ms. New ones are looked for at once. */
const LOOK_EVERY_MS = 2_000;
/** After a hint: the transaction that wrote the delivery has yet to commit. */
const AFTER_WAKE_MS = 50;
const TIDY_EVERY_MS = 3_600_000;

/** Posts what is due for as long as the server runs. Returns how to stop: posts under way are finished. */
export function keepWebhooks(db: Database): () => Promise<void> {
  const stop = new AbortController();
  const lanes = new Map<number, Promise<void>>();
  let looking = false;

  async function look(): Promise<void> {
    if (looking || stop.signal.aborted) return;
    looking = true;
    try {
      for (const id of await dueWebhookIds(db)) if (!lanes.has(id)) lanes.set(id, lane(id));
    } catch (err) {
      log().error({ err }, 'webhooks were not looked at');
    } finally {
      looking = false;
    }
  }

  async function lane(id: number): Promise<void> {
    try {
      const counts = await runLane(db, id, { allow: fetchAllow(), signal: stop.signal });
      log().info({ webhook: id, ...counts }, 'webhook');
    } catch (err) {
      log().error({ err, webhook: id }, 'a webhook was not served');
    } finally {
      lanes.delete(id);
    }
  }

  const timer = setInterval(look, LOOK_EVERY_MS).unref();
  const stopTidying = keepDoing({
    everyMs: TIDY_EVERY_MS,
    failed: 'old webhook deliveries were not erased',
    work: async () => void (await eraseOldDeliveries(db)),
  });
  onWebhooksDue(() => setTimeout(look, AFTER_WAKE_MS).unref());
  void look();
  return async () => {
    stop.abort();
    clearInterval(timer);
    stopTidying();
    onWebhooksDue(null);
    await Promise.all(lanes.values());
  };
}
