import { personSummary } from '@/lib/server/people/personAnswer';
import { base64 } from '@/lib/server/platform/base64';
import type { listFaces, readFace } from '@/lib/shared/contract/faces';
import type { AnswerOf } from '@/lib/shared/contract/operation';
import type { SamplePage } from './listSamples';
import type { StoredSample } from './storedSample';

/** Returns a sample for the response of `GET /face`. */
export function faceAnswer(sample: StoredSample): AnswerOf<typeof readFace> {
  return {
    face_id: sample.faceId,
    face_encoding: base64(sample.encoding),
    unique_args: sample.uniqueArgs,
    person: personSummary(sample.person),
    created_at: sample.createdAt.toISOString(),
    updated_at: sample.updatedAt,
  };
}

/** Returns a page of samples for the response of `GET /api/faces`. */
export function facesAnswer(page: SamplePage): AnswerOf<typeof listFaces> {
  return {
    faces: page.samples.map((sample) => ({
      face_id: sample.faceId,
      unique_args: sample.uniqueArgs,
      person: personSummary(sample.person),
      quality: sample.quality,
      position: sample.position,
      source_url: sample.sourceUrl,
      created_at: sample.createdAt.toISOString(),
      updated_at: sample.updatedAt,
    })),
    next_cursor: page.nextCursor,
  };
}
