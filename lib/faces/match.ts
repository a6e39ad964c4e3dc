import type { matchFaces } from '@/lib/contract/faces';
import type { AnswerOf } from '@/lib/contract/operation';
import type { ImageSource } from '@/lib/images/withImage';
import { personSummary } from '@/lib/people/personAnswer';
import { findCandidates } from './candidates';
import { findFaces } from './findFaces';
import { matchTrust } from './matchTrust';

export interface MatchRequest {
  source: ImageSource;
  /** Candidates listed for each face. */
  limit: number;
  /** Trust from which a face counts as recognised. Default: the server's. */
  minTrust?: number | undefined;
}

/**
 * Who every face of a picture is, largest face first. Each face is looked up by itself: two faces may be the same
 * person (a mirror, a poster).
 * @throws KithError whatever can be wrong with a picture
 */
export async function match(request: MatchRequest): Promise<AnswerOf<typeof matchFaces>> {
  const { source, limit, minTrust = await matchTrust() } = request;
  const faces = await findFaces(source);
  const candidates = await findCandidates(
    faces.map(({ encoding }) => encoding),
    { limit: Math.max(1, limit) },
  );
  return {
    faces: faces.map(({ position }, index) => {
      const [nearest] = candidates[index] ?? [];
      const known = nearest && nearest.answer.trust >= minTrust ? nearest.sample : null;
      return {
        face_id: known?.faceId ?? null,
        trust: nearest?.answer.trust ?? 0,
        unique_args: known?.uniqueArgs ?? null,
        person: personSummary(known?.person ?? null),
        position,
        candidates: (candidates[index] ?? []).slice(0, limit).map(({ answer }) => answer),
      };
    }),
  };
}
