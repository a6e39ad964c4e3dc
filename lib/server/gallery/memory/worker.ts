import { ENCODING_BYTES, EncodingError, ExactMatcher, encodingFromBytes } from '@kith/sdk';
import { answerCalls } from '@/lib/server/platform/workers/answerCalls';
import type { Candidate } from '../types';
import type { GalleryCall, SearchCall, WriteAnswer, WriteCall } from './calls';

/** The thread of the gallery: searching a million samples takes ten milliseconds that no request has to wait for. */
const matchers = { live: new ExactMatcher(), staged: new ExactMatcher() };

answerCalls<GalleryCall>((call) => (call.kind === 'search' ? search(call) : write(call)));

function search({ probes, limit }: SearchCall): Candidate[][] {
  return matchers.live.searchMany(probes, limit);
}

function write({ target, begins, publishes, faceIds, personIds, encodings, deleted }: WriteCall): WriteAnswer {
  if (begins) matchers[target] = new ExactMatcher();
  const matcher = matchers[target];
  const unusable: number[] = [];
  for (const [i, faceId] of faceIds.entries()) {
    try {
      const encoding = encodingFromBytes(encodings.subarray(i * ENCODING_BYTES, (i + 1) * ENCODING_BYTES));
      matcher.upsert(faceId, personIds[i] || null, encoding);
    } catch (error) {
      if (!(error instanceof EncodingError)) throw error;
      // One broken row must not keep everybody else from being recognised.
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
