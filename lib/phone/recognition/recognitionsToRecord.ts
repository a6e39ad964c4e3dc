import type { QueuedEvent } from '@/lib/phone/store/EventQueue';
import type { SeenFace } from '@/lib/phone/vision/protocol';
import { nameOf } from './headline';

/** A recognition to queue, with its key for the cooldown. */
export interface PendingRecognition {
  key: string;
  event: Omit<QueuedEvent, 'id' | 'at'> & { name: string | null; enrolment: string | null };
}

/**
 * Returns the recognitions to record for the faces of a frame: known people, known people who failed the liveness
 * check, and strangers. Skips faces without a verdict and faces whose liveness check is still running.
 */
export function recognitionsToRecord(faces: readonly SeenFace[]): PendingRecognition[] {
  return faces.flatMap(({ label, liveness, candidates: found }): PendingRecognition[] => {
    if (label.kind === 'deciding') return [];
    const candidates = found.map(({ faceId, trust, distance }) => ({ face_id: faceId, trust, distance }));
    if (label.kind === 'unknown') {
      const event = { face_id: null, person_id: null, trust: label.trust, liveness: 'off' as const, candidates };
      return [{ key: label.stranger, event: { ...event, name: null, enrolment: null } }];
    }
    if (liveness.kind === 'checking') return [];
    const { key, faceId, personId, enrolment, lineage } = label.identity;
    const failed = liveness.kind === 'failed';
    return [
      {
        key: failed ? `${key} failed` : key,
        event: {
          face_id: faceId,
          person_id: personId,
          trust: label.trust,
          liveness: liveness.kind,
          candidates,
          name: nameOf(label.identity),
          enrolment,
          ...(lineage !== undefined && { lineage }),
        },
      },
    ];
  });
}
