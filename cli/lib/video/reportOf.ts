import { randomUUID } from 'node:crypto';
import type { NewEvent } from '@kith/sdk';
import type { PresenceEvent } from './Presence';

/** Returns the event that reports to the server who appeared. */
export function reportOf({ faceId, personId, trust, lineage }: PresenceEvent, at: Date): NewEvent {
  return {
    id: randomUUID(),
    at: at.toISOString(),
    face_id: faceId,
    person_id: personId,
    trust,
    liveness: 'off',
    ...(faceId !== null && lineage !== undefined && { lineage }),
  };
}
