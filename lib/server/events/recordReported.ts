import { database } from '@/lib/server/platform/database';
import type { recordEvents as operation } from '@/lib/shared/contract/events';
import type { AnswerOf, BodyOf } from '@/lib/shared/contract/operation';
import type { Principal } from '@/lib/shared/contract/principal';
import { recordEvents } from './recordEvents';

/** Stores the recognitions that a device or a key reports, within the groups that it is limited to. */
export async function recordReported(
  { events, sent_at }: BodyOf<typeof operation>,
  principal: Principal,
): Promise<AnswerOf<typeof operation>> {
  return recordEvents(await database(), {
    deviceId: principal.kind === 'device' ? Number(principal.id) : null,
    groups: principal.groups ?? null,
    sentAt: sent_at === undefined ? undefined : new Date(sent_at),
    events: events.map(({ id, at, face_id, person_id, trust, liveness, lineage, source, candidates }) => ({
      id,
      at: new Date(at),
      faceId: face_id,
      personId: person_id,
      trust,
      liveness,
      lineage,
      source: source ?? null,
      candidates: candidates.map(({ face_id, trust, distance }) => ({ faceId: face_id, trust, distance })),
    })),
  });
}
