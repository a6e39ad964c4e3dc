import { randomUUID } from 'node:crypto';
import { type MatchRequest, match } from '@/lib/server/people/samples/match';
import { database } from '@/lib/server/platform/database';
import type { matchFaces } from '@/lib/shared/contract/faces';
import { MAX_CANDIDATES } from '@/lib/shared/contract/maxCandidates';
import type { AnswerOf } from '@/lib/shared/contract/operation';
import { recordEvents } from './recordEvents';

/**
 * Recognises every face of a picture, and records an event with its candidates for each. A second face of the same person
 * gets no event. Neither does a person who is erased meanwhile.
 * @throws KithError if the picture cannot be used
 */
export async function matchAndRecord(
  request: Omit<MatchRequest, 'announced'>,
  { source }: { source: string | null },
): Promise<AnswerOf<typeof matchFaces>> {
  const at = new Date();
  // Not announced here, because the events are announced.
  const limit = Math.max(request.limit, MAX_CANDIDATES);
  const { faces } = await match({ ...request, limit, announced: false });
  const ids = faces.map(({ also }) => (also ? null : randomUUID()));
  const events = faces.flatMap(({ face_id, person, trust, candidates: found }, i) => {
    const id = ids[i];
    if (!id) return [];
    const personId = person?.person_id ?? null;
    const candidates = found
      .slice(0, MAX_CANDIDATES)
      .map(({ face_id, trust, distance }) => ({ faceId: face_id, trust, distance }));
    return [{ id, at, faceId: face_id, personId, trust, liveness: 'off' as const, source, candidates }];
  });
  const rejected = new Set<string>();
  if (events.length > 0) {
    const recorded = await recordEvents(await database(), {
      deviceId: null,
      groups: request.caller?.groups ?? null,
      events,
    });
    for (const { id } of recorded.rejected) rejected.add(id);
  }
  return {
    faces: faces.map((face, i) => {
      const id = ids[i] ?? null;
      const candidates = face.candidates.slice(0, request.limit);
      return { ...face, candidates, event_id: id !== null && rejected.has(id) ? null : id };
    }),
  };
}
