import { Buffer } from 'node:buffer';
import { personSummary } from '@/lib/server/people/personAnswer';
import type { listFaces, readFace } from '@/lib/shared/contract/faces';
import type { AnswerOf } from '@/lib/shared/contract/operation';
import type { SamplePage } from './listSamples';
import type { StoredSample } from './storedSample';

/** Base64 of an encoding's 512 bytes. */
export function encodingText(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

/** A sample as `GET /face` shows it. */
export function faceAnswer(sample: StoredSample): AnswerOf<typeof readFace> {
  return {
    face_id: sample.faceId,
    face_encoding: encodingText(sample.encoding),
    unique_args: sample.uniqueArgs,
    person: personSummary(sample.person),
    created_at: sample.createdAt.toISOString(),
    updated_at: sample.updatedAt,
  };
}

/** A page of samples as `GET /api/faces` shows it. */
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
