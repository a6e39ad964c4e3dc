import { setTimeout as sleep } from 'node:timers/promises';
import { KithApiError, KithClient, LocalGallery } from '@kith/sdk';
import { FileFeedStore } from '@kith/sdk/node';
import type { SyncOptions } from '../options/SyncOptions';
import { print, printJson, tell } from './output';
import { explain } from './run';
import { untilInterrupted } from './untilInterrupted';

/** Seconds between two syncs of `--watch` without a number. */
const WATCH_SECONDS = 10;
/** Maximum seconds between two attempts while the server does not respond. */
const MAX_WAIT_SECONDS = 300;

/** Syncs a gallery file, once or repeatedly. Prints one line per sync. */
export async function syncGallery({ url, key, gallery: path, watch, json }: SyncOptions): Promise<void> {
  const kith = new KithClient({ url, key });
  const gallery = await LocalGallery.open({ store: await FileFeedStore.open(path), source: kith.feed.read });
  const syncOnce = async (signal?: AbortSignal, quiet = false) => {
    const { faces, deleted } = await gallery.sync({ signal });
    if (quiet && faces + deleted === 0) return;
    const { model, lastUpdatedAt } = gallery.position;
    if (json) printJson({ faces, deleted, size: gallery.size, last_updated_at: lastUpdatedAt, model });
    else print(`${path}: ${faces} new or changed, ${deleted} deleted, ${gallery.size} in all`);
  };
  if (watch === undefined) return syncOnce();

  const pause = watch === true ? WATCH_SECONDS : watch;
  await untilInterrupted(async (signal) => {
    for (let failures = 0, first = true; ; first = false) {
      try {
        await syncOnce(signal, !first);
        failures = 0;
      } catch (error) {
        // A refused key stays refused. A server that did not respond may do so later.
        if (signal.aborted || (error instanceof KithApiError && error.status < 500 && error.status !== 429))
          throw error;
        failures += 1;
        tell(`kith: ${explain(error).message} Trying again; the gallery stays as it is.`);
      }
      await sleep(1000 * Math.min(pause * 2 ** failures, Math.max(pause, MAX_WAIT_SECONDS)), undefined, { signal });
    }
  });
}
