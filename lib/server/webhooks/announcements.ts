import type { RecordedEvent } from '@/db/schema';
import type { matchFaces } from '@/lib/shared/contract/faces';
import type { AnswerOf } from '@/lib/shared/contract/operation';
import type { Announcement } from './announce';

const personOf = (personId: number | null) => (personId === null ? null : { person_id: personId });

/** Recognitions that a device handed in. */
export function recordedAnnouncement(event: RecordedEvent): Announcement {
  return {
    event: event.faceId === null && event.personId === null ? 'unknown' : 'recognition',
    data: {
      source: 'device',
      event_id: event.id,
      at: event.at.toISOString(),
      device_id: event.deviceId,
      source_name: event.source,
      face_id: event.faceId,
      person: personOf(event.personId),
      trust: event.trust,
      liveness: event.liveness,
    },
  };
}

/** A recognition that somebody corrected, or whose correction they took back. `was`: whom it showed before. */
export function correctedAnnouncement(
  event: RecordedEvent,
  { was, takenBack, at }: { was: number | null; takenBack: boolean; at: Date },
): Announcement {
  return {
    event: 'corrected',
    data: {
      event_id: event.id,
      at: event.at.toISOString(),
      corrected_at: at.toISOString(),
      taken_back: takenBack,
      device_id: event.deviceId,
      face_id: event.faceId,
      person: personOf(event.personId),
      was: personOf(was),
      trust: event.trust,
      liveness: event.liveness,
    },
  };
}

/** The faces of a picture that a program had recognised by `POST /face/match`. */
export function matchAnnouncements(faces: AnswerOf<typeof matchFaces>['faces'], at: Date): Announcement[] {
  // Somebody who is also there is no stranger, and was told already.
  const told = faces.filter(({ also }) => !also);
  return told.map(({ face_id, person, trust }) => ({
    event: face_id === null ? 'unknown' : 'recognition',
    data: {
      source: 'match',
      event_id: null,
      at: at.toISOString(),
      device_id: null,
      source_name: null,
      face_id,
      person: personOf(person?.person_id ?? null),
      trust,
      liveness: 'off',
    },
  }));
}

/** A sample that was added, or that got a new picture. */
export function enrolmentAnnouncement(sample: {
  faceId: number;
  personId: number | null;
  replaced: boolean;
}): Announcement {
  return {
    event: 'enrolment',
    data: { face_id: sample.faceId, person: personOf(sample.personId), replaced: sample.replaced },
  };
}

/** Samples that were erased, with their person where it was the person who was. */
export function deletionAnnouncement(erased: { faceIds: number[]; personId: number | null }): Announcement {
  return { event: 'deletion', data: { face_ids: erased.faceIds, person: personOf(erased.personId) } };
}
