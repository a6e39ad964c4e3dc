import { randomUUID } from 'node:crypto';
import { type MatchRequest, match } from '@/lib/server/people/samples/match';
import { database } from '@/lib/server/platform/database';
import type { matchFaces } from '@/lib/shared/contract/faces';
import type { AnswerOf } from '@/lib/shared/contract/operation';
import { recordEvents } from './recordEvents';

/**
 * Who every face of a picture is, with an event for each. A face of somebody who is named already gets none, and one of a
 * person who is erased meanwhile neither.
 * @throws KithError whatever can be wrong with a picture
 */
export async function matchAndRecord(
  request: Omit<MatchRequest, 'announced'>,
  { source }: { source: string | null },
): Promise<AnswerOf<typeof matchFaces>> {
  const at = new Date();
  // The events tell the webhooks.
  const { faces } = await match({ ...request, announced: false });
  const ids = faces.map(({ also }) => (also ? null : randomUUID()));
  const events = faces.flatMap(({ face_id, person, trust }, i) => {
    const id = ids[i];
    if (!id) return [];
    return [{ id, at, faceId: face_id, personId: person?.person_id ?? null, trust, liveness: 'off' as const, source }];
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
      return { ...face, event_id: id !== null && rejected.has(id) ? null : id };
    }),
  };
}
