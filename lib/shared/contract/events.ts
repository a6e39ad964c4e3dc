import { z } from 'zod';
import {
  csvFormat,
  faceIdInput,
  integer,
  personIdInput,
  personSummary,
  sourceInput,
  timestamp,
  trust,
  trustInput,
} from './fields';
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
  })
  .meta({ id: 'Event' });

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
