import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
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
    const gallery = new MemoryGallery({ source: ({ after, limit }) => readFeed(db, { after, limit }) });
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
});
