import { z } from 'zod';
import {
  csvFormat,
  distance,
  faceId,
  faceIdInput,
  flag,
  integer,
  personIdInput,
  personSummary,
  sourceInput,
  timestamp,
  trust,
  trustInput,
} from './fields';
import { MAX_CANDIDATES } from './maxCandidates';
import { operation } from './operation';

/** Most recognitions of one request. */
export const MAX_EVENTS = 500;

const instant = z.iso.datetime({ offset: true, error: 'must be a date and time (RFC 3339)' });
const liveness = z.enum(['off', 'passed', 'failed'], 'must be off, passed or failed').meta({
  description: "`off`: not checked. `passed`, `failed`: the result of the device's check.",
});

export const recordEvents = operation({
  id: 'recordEvents',
  method: 'post',
  path: '/api/events',
  tag: 'Events',
  summary: 'Report recognitions of a device',
  description: `Takes up to ${MAX_EVENTS} events. Each \`id\` is stored once, however often it is sent. With \`sent_at\` (the device's clock at the moment of sending), the server corrects a wrong clock. A time after receipt, or before the device existed, is replaced by the nearest possible one, and \`clock\` is true.`,
  scope: 'events:write',
  inGroups: true,
  idempotent: true,
  maxBodyBytes: 512 * 1024,
  body: z
    .strictObject({
      events: z
        .array(
          z.strictObject({
            id: z.uuid('must be a UUID'),
            at: instant.meta({ description: "When the face was seen, on the device's clock." }),
            face_id: faceIdInput.nullable().default(null).meta({ description: 'Null if the face is unknown.' }),
            person_id: personIdInput.nullable().default(null),
            trust: trustInput,
            liveness: liveness.default('off'),
            lineage: z.uuid('must be a lineage of the feed').optional().meta({
              description:
                'The `lineage` of the feed that the ids are from. Ids of a lineage that is past are never taken for those of somebody else.',
            }),
            source: sourceInput.optional(),
            candidates: z
              .array(
                z.strictObject({
                  face_id: faceIdInput,
                  trust: trustInput,
                  distance: z
                    .number('must be a number')
                    .min(0, 'must be at least 0')
                    .nullable()
                    .default(null)
                    .meta({ description: 'Normalised distance, if the device knows it.' }),
                }),
              )
              .max(MAX_CANDIDATES, `must have at most ${MAX_CANDIDATES} candidates`)
              .default([])
              .meta({ description: 'Who it may be, one sample per person, nearest first. Newer devices send it.' }),
          }),
        )
        .min(1, 'must have at least one event')
        .max(MAX_EVENTS, `must have at most ${MAX_EVENTS} events`),
      sent_at: instant.optional(),
    })
    .meta({ id: 'RecordEventsRequest' }),
  answer: z
    .object({
      accepted: z.int().nonnegative(),
      duplicates: z
        .int()
        .nonnegative()
        .meta({ description: 'Number of events that were stored before. Nothing changed.' }),
      rejected: z.array(z.object({ id: z.uuid(), reason: z.string() })).meta({
        description: 'Events that will never be accepted, for example recognitions of a person who was erased since.',
      }),
    })
    .meta({ id: 'RecordEventsAnswer' }),
  errors: ['CONFLICT'],
});

export const event = z
  .object({
    id: z.uuid(),
    at: timestamp,
    received_at: timestamp,
    device: z.object({ device_id: z.int().positive(), name: z.string() }).nullable(),
    source: z.string().nullable().meta({ description: 'Where the face was seen, as the sender named it.' }),
    person: personSummary.nullable(),
    face_id: z.int().positive().nullable(),
    trust,
    liveness,
    clock: z.boolean().meta({
      description: "Whether the device's clock gave an impossible time. `at` is then the nearest possible one.",
    }),
    corrected: z.boolean().meta({
      description:
        'Whether somebody changed who it shows. `person` and `face_id` are then as corrected. `trust` stays what the device reported.',
    }),
  })
  .meta({ id: 'Event' });

const known = z.boolean().meta({
  description:
    'Whether it shows somebody. `person` is null all the same for a sample that belongs to nobody, and for a person who was erased since.',
});

export const correction = z
  .object({
    correction_id: z.int().positive(),
    at: timestamp,
    by: z.object({ kind: z.enum(['user', 'key', 'device', 'system']), name: z.string() }),
    confirms: z
      .boolean()
      .meta({ description: 'Whether it says that the recognition is right. It then changes nothing.' }),
    was: z.object({ known, person: personSummary.nullable(), face_id: faceId.nullable() }),
    is: z.object({ known, person: personSummary.nullable(), face_id: faceId.nullable() }),
    taken_back_at: timestamp.nullable(),
    taken_back_by: z.string().nullable(),
  })
  .meta({ id: 'EventCorrection' });

export const eventDetails = event
  .extend({
    device_at: timestamp.meta({ description: "What the device's clock said." }),
    best_face_id: faceId.nullable().meta({ description: 'The best sample of `person`.' }),
    candidates: z
      .array(
        z.object({
          face_id: faceId,
          person: personSummary.nullable(),
          best_face_id: faceId.nullable().meta({ description: 'The best sample of this person.' }),
          trust,
          distance: distance.nullable(),
        }),
      )
      .meta({ description: 'Who it may have been, nearest first. Samples that were erased since are left out.' }),
    corrections: z.array(correction).meta({ description: 'Oldest first, those that were taken back too.' }),
  })
  .meta({ id: 'EventDetails' });

type Corrections = z.output<typeof eventDetails>['corrections'];

/** The newest correction that is not taken back. */
export function standingCorrection(corrections: Corrections): Corrections[number] | undefined {
  return corrections.findLast(({ taken_back_at }) => taken_back_at === null);
}

/** The correction that a call made: it stands, and was not there before. Undefined: the call kept nothing. */
export function madeCorrection(before: Corrections, after: Corrections): Corrections[number] | undefined {
  const newest = standingCorrection(after);
  return before.some(({ correction_id }) => correction_id === newest?.correction_id) ? undefined : newest;
}

const eventPath = z.object({ event_id: z.uuid('must be a UUID') });

/** Whom an event shows, as the audit log keeps it. */
const auditDetails = ({ is, was }: Pick<z.input<typeof correction>, 'is' | 'was'>) => ({
  person_id: is.person?.person_id ?? null,
  was_person_id: was.person?.person_id ?? null,
});

export const readEvent = operation({
  id: 'readEvent',
  method: 'get',
  path: '/api/events/{event_id}',
  tag: 'Events',
  summary: 'Read a recognition',
  description: 'Returns the recognition with its candidates and corrections.',
  scope: 'faces:read',
  params: eventPath,
  answer: eventDetails,
  errors: ['NOT_FOUND'],
});

export const correctEvent = operation({
  id: 'correctEvent',
  method: 'post',
  path: '/api/events/{event_id}/correct',
  tag: 'Events',
  summary: 'Correct a recognition',
  description:
    'Says who it was: `person_id`, or `unknown`. The person it has already confirms it. Lists, counts, exports and webhooks then have the corrected person. Who corrected it, when, and what it was is kept. Sending the same again changes nothing.',
  scope: 'faces:write',
  params: eventPath,
  body: z
    .strictObject({
      person_id: personIdInput.optional(),
      unknown: flag.optional().meta({ description: '`true`: nobody who is known.' }),
    })
    .refine((body) => (body.person_id === undefined) === (body.unknown === true), {
      path: ['person_id'],
      message: 'is required, or unknown: true',
    })
    .meta({ id: 'CorrectEventRequest' }),
  answer: eventDetails,
  errors: ['NOT_FOUND'],
  audit: ({ params, answer }) => {
    const newest = standingCorrection(answer.corrections);
    if (!newest) return null;
    const action = newest.confirms ? 'event.confirm' : 'event.correct';
    return { action, subjectKind: 'event', subjectId: params.event_id, details: auditDetails(newest) };
  },
});

export const takeBackCorrection = operation({
  id: 'takeBackCorrection',
  method: 'delete',
  path: '/api/events/{event_id}/corrections/{correction_id}',
  tag: 'Events',
  summary: 'Take back a correction',
  description:
    'The recognition is again what it was before. Only the newest correction can be taken back. It stays listed. Sending the same again changes nothing.',
  scope: 'faces:write',
  params: eventPath.extend({ correction_id: integer({ min: 1, max: Number.MAX_SAFE_INTEGER }) }),
  answer: eventDetails,
  errors: ['NOT_FOUND', 'CONFLICT'],
  audit: ({ params, answer }) => ({
    action: 'event.take_back',
    subjectKind: 'event',
    subjectId: params.event_id,
    details: { person_id: answer.person?.person_id ?? null },
  }),
});

export const listEvents = operation({
  id: 'listEvents',
  method: 'get',
  path: '/api/events',
  tag: 'Events',
  summary: 'List recognitions',
  description:
    'Newest first, paged by cursor. With `Accept: text/csv` the response has all matching events in one file.',
  scope: 'faces:read',
  query: z.strictObject({
    person_id: personIdInput.optional(),
    device_id: integer({ min: 1, max: Number.MAX_SAFE_INTEGER }).optional(),
    known: z.enum(['true', 'false'], 'must be true or false').optional().meta({
      description: '`true`: only recognised people. `false`: only unknown faces.',
    }),
    corrected: z.enum(['true', 'false'], 'must be true or false').optional().meta({
      description: '`true`: only recognitions that were corrected. `false`: only others.',
    }),
    from: instant.optional().meta({ description: 'From this instant on.' }),
    to: instant.optional().meta({ description: 'Before this instant.' }),
    cursor: z.string().min(1).max(200).optional().meta({ description: 'The `next_cursor` of the page before.' }),
    limit: integer({ min: 1, max: 200 }).default(50),
    format: csvFormat,
  }),
  answer: z.object({ events: z.array(event), next_cursor: z.string().nullable() }).meta({ id: 'ListEventsAnswer' }),
  alsoAnswers: ['text/csv'],
  errors: [],
});

export type EventAnswer = z.input<typeof event>;
export type EventDetails = z.input<typeof eventDetails>;
