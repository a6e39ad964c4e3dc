import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { samples } from '@/db/schema';
import { describeOnEachDatabase } from '@/db/testing/testDatabases';
import { readFeed } from '@/lib/server/feed/readFeed';
import { describeGallery } from '../testing/describeGallery';
import { encodingAt, insertSamples } from '../testing/samples';
import { MemoryGallery } from './MemoryGallery';

describeGallery('the memory gallery', ({ source }) => new MemoryGallery({ source }));

describeOnEachDatabase('the thread of the memory gallery', (database) => {
  test('is replaced when it dies, with the complete gallery', async () => {
    const db = database();
    const [id] = await insertSamples(db, [{ personId: null, encoding: encodingAt(1) }]);
    const started = once(process, 'worker');
    const gallery = new MemoryGallery({ source: (request) => readFeed(db, request) });
    const search = () => gallery.search({ probes: [encodingAt(1)], limit: 1 });
    const expected = [[{ faceId: id, personId: null, distance: 0 }]];
    expect(await search()).toEqual(expected);

    const [worker] = (await started) as [Worker];
    // Once during a search, and once while the gallery is idle.
    const during = search();
    await worker.terminate();
    expect(await during).toEqual(expected);
    expect(await search()).toEqual(expected);
    await gallery.close();
  });

  test('is compared with the database beside the searches, and read again where it differs', async () => {
    const db = database();
    await db.delete(samples);
    const [kept = 0, lost = 0] = await insertSamples(db, [
      { personId: null, encoding: encodingAt(1) },
      { personId: null, encoding: encodingAt(2) },
    ]);
    const gallery = new MemoryGallery({ source: (request) => readFeed(db, request), verifyEveryMs: 0 });
    const search = async () =>
      (await gallery.search({ probes: [encodingAt(2)], limit: 5 }))[0]?.map(({ faceId }) => faceId);
    expect(await search()).toEqual([lost, kept]);
    // Deleted by hand, so there is no tombstone.
    await db.delete(samples).where(eq(samples.id, lost));
    await expect.poll(search, { timeout: 10_000 }).toEqual([kept]);
    await gallery.close();
  });
});
