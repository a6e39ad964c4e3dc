import { randomUUID } from 'node:crypto';
import type { NewEvent } from '@kith/sdk';
import type { PresenceEvent } from './Presence';

/** What the server is told of somebody who appeared. */
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
