import { ENCODING_BYTES, EncodingError, ExactMatcher, encodingFromBytes, FeedSum, type FeedSummary } from '@kith/sdk';
import { handleCalls } from '@/lib/server/platform/workers/handleCalls';
import type { Candidate } from '../types';
import type { GalleryCall, SearchCall, WriteAnswer, WriteCall } from './calls';

/** The gallery's thread: searching a million samples takes ten milliseconds, which would block the event loop. */
const matchers = { live: new ExactMatcher(), staged: new ExactMatcher() };
/** Feed number of each face, by gallery. Includes faces with invalid encodings. */
const numbers = { live: new Map<number, number>(), staged: new Map<number, number>() };

handleCalls<GalleryCall>((call) => {
  if (call.kind === 'search') return search(call);
  return call.kind === 'write' ? write(call) : summary();
});

/** Returns the count and checksum of all written faces, for the comparison with the database. */
function summary(): FeedSummary {
  const sum = new FeedSum();
  for (const [faceId, number] of numbers.live) sum.add(faceId, number);
  return sum.summary;
}

function search({ probes, limit, groups }: SearchCall): Candidate[][] {
  return matchers.live.searchMany(probes, limit, groups === null ? {} : { groups });
}

function write(call: WriteCall): WriteAnswer {
  const { target, begins, publishes, faceIds, personIds, groupIds, encodings, deleted } = call;
  if (begins) {
    matchers[target] = new ExactMatcher();
    numbers[target] = new Map();
  }
  const matcher = matchers[target];
  const known = numbers[target];
  for (const [i, faceId] of faceIds.entries()) known.set(faceId, call.numbers[i] ?? 0);
  for (const faceId of deleted) known.delete(faceId);
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
    numbers.live = known;
    numbers.staged = new Map();
  }
  return { samples: matchers.live.size, bytes: matchers.live.bytes, unusable };
}
