import { ENCODING_BYTES, EncodingError, ExactMatcher, encodingFromBytes } from '@kith/sdk';
import { handleCalls } from '@/lib/server/platform/workers/handleCalls';
import type { Candidate } from '../types';
import type { GalleryCall, SearchCall, WriteAnswer, WriteCall } from './calls';

/** The gallery's thread: searching a million samples takes ten milliseconds, which would block the event loop. */
const matchers = { live: new ExactMatcher(), staged: new ExactMatcher() };

handleCalls<GalleryCall>((call) => (call.kind === 'search' ? search(call) : write(call)));

function search({ probes, limit, groups }: SearchCall): Candidate[][] {
  return matchers.live.searchMany(probes, limit, groups === null ? {} : { groups });
}

function write({
  target,
  begins,
  publishes,
  faceIds,
  personIds,
  groupIds,
  encodings,
  deleted,
}: WriteCall): WriteAnswer {
  if (begins) matchers[target] = new ExactMatcher();
  const matcher = matchers[target];
  const unusable: number[] = [];
  for (const [i, faceId] of faceIds.entries()) {
    try {
      const encoding = encodingFromBytes(encodings.subarray(i * ENCODING_BYTES, (i + 1) * ENCODING_BYTES));
      matcher.upsert(faceId, personIds[i] || null, encoding, groupIds?.[i]);
    } catch (error) {
      if (!(error instanceof EncodingError)) throw error;
      // One invalid row must not stop the recognition of everyone else.
      matcher.remove(faceId);
      unusable.push(faceId);
    }
  }
  for (const faceId of deleted) matcher.remove(faceId);
  if (publishes) {
    matchers.live = matcher;
    matchers.staged = new ExactMatcher();
  }
  return { samples: matchers.live.size, bytes: matchers.live.bytes, unusable };
}
