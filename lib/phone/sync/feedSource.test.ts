import { FeedReader, MemoryFeedStore } from '@kith/sdk';
import { afterEach, expect, test, vi } from 'vitest';
import { FeedLog } from '@/sdk/src/testing/feedLog';
import { feedSource } from './feedSource';

afterEach(() => vi.unstubAllGlobals());

test('a server of an earlier version refuses a parameter once in a sync, not once per page', async () => {
  const log = new FeedLog();
  for (let faceId = 1; faceId <= 6; faceId++) log.put(faceId);
  let refused = 0;
  vi.stubGlobal('fetch', async (url: string) => {
    const query = new URL(url, 'http://kith.test').searchParams;
    if (query.has('lineage') || query.has('verify')) {
      refused++;
      const message = 'verify is not known here.';
      return Response.json({ error_type: 1000, error_message: message }, { status: 400 });
    }
    const page = await log.source({ after: Number(query.get('last_updated_at')), limit: Number(query.get('limit')) });
    const faces = page.faces.map(({ encoding, ...face }) => ({
      ...face,
      faceEncoding: Buffer.from(encoding).toString('base64'),
    }));
    return Response.json({ ...page, faces, lineage: undefined });
  });
  const reader = new FeedReader({ source: feedSource('token'), store: new MemoryFeedStore(), pageSize: 2 });
  expect(await reader.sync()).toMatchObject({ faces: 6 });
  expect(log.asked).toBe(3);
  expect(refused).toBe(1);
  // The server may be newer by the next sync.
  await reader.sync();
  expect(refused).toBe(2);
});
