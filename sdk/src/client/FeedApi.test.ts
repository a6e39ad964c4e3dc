import { expect, test } from 'vitest';
import { FeedReader } from '../feed/FeedReader.ts';
import { MemoryFeedStore } from '../feed/MemoryFeedStore.ts';
import { FeedLog } from '../testing/feedLog.ts';
import { KithApiError } from './errors.ts';
import { KithClient } from './KithClient.ts';

/** Serves the log over HTTP. An earlier server rejects unknown parameters and sends no lineage. */
function serve(log: FeedLog, { isEarlier = false, status = 400 } = {}) {
  const asked: string[] = [];
  const answer = async (input: string | URL | Request) => {
    const { searchParams } = new URL(String(input));
    asked.push([...searchParams.keys()].join(' '));
    const lineage = searchParams.get('lineage') ?? undefined;
    const verify = searchParams.has('verify');
    if (isEarlier && (lineage !== undefined || verify)) {
      const body = {
        error_type: 1000,
        error_message: `${verify ? 'verify' : 'lineage'} is not known.`,
        request_id: 'r',
      };
      return Response.json(body, { status });
    }
    const after = Number(searchParams.get('last_updated_at'));
    const page = await log.source({ after, limit: Number(searchParams.get('limit')), lineage, verify });
    const faces = page.faces.map(({ encoding, ...face }) => ({
      ...face,
      faceEncoding: Buffer.from(encoding).toString('base64'),
    }));
    return Response.json({ ...page, faces, ...(isEarlier && { lineage: undefined }) });
  };
  const kith = new KithClient({ url: 'http://kith.test', key: 'k', retries: 0, fetch: answer as typeof fetch });
  return { asked, reader: new FeedReader({ source: kith.feed.read, store: new MemoryFeedStore() }) };
}

test('sends lineage and verify, and gets both answered', async () => {
  const log = new FeedLog();
  log.put(1);
  const { asked, reader } = serve(log);
  expect(await reader.sync()).toMatchObject({ faces: 1, verified: true });
  await reader.sync();
  expect(asked).toEqual(['last_updated_at limit verify', 'last_updated_at limit lineage']);
});

test('a server of an earlier version is asked as before, from the second page on without a detour', async () => {
  const log = new FeedLog();
  log.put(1);
  const { asked, reader } = serve(log, { isEarlier: true });
  expect(await reader.sync()).toEqual({ faces: 1, deleted: 0, restarted: false, lastUpdatedAt: 1 });
  log.put(2);
  expect(await reader.sync()).toMatchObject({ faces: 1, restarted: false });
  expect(asked).toEqual(['last_updated_at limit verify', 'last_updated_at limit', 'last_updated_at limit']);
});

test('any other refusal stays one', async () => {
  const { reader } = serve(new FeedLog(), { isEarlier: true, status: 403 });
  await expect(reader.sync()).rejects.toThrow(KithApiError);
});
