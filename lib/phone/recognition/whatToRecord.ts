import type { QueuedEvent } from '@/lib/phone/store/EventQueue';
import type { SeenFace } from '@/lib/phone/vision/protocol';
import { nameOf } from './headline';

/** A recognition on its way into the queue, with what tells it from others for the cool-down. */
export interface Candidate {
  key: string;
  event: Omit<QueuedEvent, 'id' | 'at'> & { name: string | null; enrolment: string | null };
}

/**
 * What the faces of a frame are worth writing down: people recognised, pictures of people that were held up, and
 * strangers. Faces that are still undecided, or still have to show that they are alive, are not.
 */
export function whatToRecord(faces: readonly SeenFace[]): Candidate[] {
  return faces.flatMap(({ label, liveness }): Candidate[] => {
    if (label.kind === 'deciding') return [];
    if (label.kind === 'unknown') {
      const event = { face_id: null, person_id: null, trust: label.trust, liveness: 'off' as const };
      return [{ key: label.stranger, event: { ...event, name: null, enrolment: null } }];
    }
    if (liveness.kind === 'checking') return [];
    const { key, faceId, personId, enrolment } = label.identity;
    const failed = liveness.kind === 'failed';
    return [
      {
        key: failed ? `${key} failed` : key,
        event: {
          face_id: faceId,
          person_id: personId,
          trust: label.trust,
          liveness: liveness.kind,
          name: nameOf(label.identity),
          enrolment,
        },
      },
    ];
  });
}
