import { base64 } from '@/lib/server/platform/base64';
import type { FeedPage } from './readFeed';

/** Number of faces serialised at once: about half a megabyte. */
const BATCH = 500;

/**
 * Streams a page of the feed as JSON. Ten thousand faces are ten megabytes of text, which never is in memory as a
 * whole.
 */
export function feedJson(page: FeedPage): ReadableStream<Uint8Array> {
  const parts = write(page);
  const encoder = new TextEncoder();
  return new ReadableStream({
    pull(controller) {
      const { done, value } = parts.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
  });
}

function* write({ faces, ...rest }: FeedPage): Generator<string> {
  yield '{"faces":[';
  for (let start = 0; start < faces.length; start += BATCH) {
    const batch = faces.slice(start, start + BATCH).map(({ encoding, ...face }) =>
      JSON.stringify({
        faceId: face.faceId,
        faceEncoding: base64(encoding),
        updatedAt: face.updatedAt,
        uniqueArgs: face.uniqueArgs,
        personId: face.personId,
        personName: face.personName,
        groups: face.groups,
      }),
    );
    yield (start === 0 ? '' : ',') + batch.join(',');
  }
  const { deleted, lastUpdatedAt, hasMore, model, reset, lineage, count, checksum } = rest;
  const end = { deleted, lastUpdatedAt, hasMore, model, reset, lineage, count, checksum };
  yield `],${JSON.stringify(end).slice(1)}`;
}
