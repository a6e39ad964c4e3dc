import { EncodingError, encodingFromBase64 } from '@kith/sdk';
import { z } from 'zod';
import { faceEncoding, MAX_UNIQUE_ARGS_BYTES, MAX_URL_LENGTH, position, quality } from '@/lib/shared/contract/fields';
import { MAX_CANDIDATES } from '@/lib/shared/contract/maxCandidates';

/** Version of the file format (docs/export.md). A server reads files of its own version and of all earlier ones. */
export const FORMAT_VERSION = 1;

/**
 * The largest id that is kept: far above what servers assign, and far below where JavaScript loses integer precision.
 */
export const LARGEST_KEPT_ID = 2 ** 40;

/** Length of an encoding as a vector. dlib's are between 1 and 2. Zeros, or values of 0 to 255, are something else. */
const ENCODING_NORM = { least: 0.1, most: 10 };

const id = z.int().positive();
/** RFC 3339 in UTC, to the microsecond, which is PostgreSQL's precision. */
const instant = z.iso.datetime({ error: 'must be a date and time in UTC (RFC 3339)' });
const count = z.int().nonnegative();
const text = (longest: number) => z.string().min(1).max(longest);
/** Identifies the subject of a line, so that several files can contain the same one. */
const key = text(200);

/** Number of lines of each kind. The last line repeats them, as counted during writing. */
export const counts = z.object({
  settings: count.default(0),
  webhooks: count.default(0),
  devices: count.default(0),
  groups: count.default(0),
  people: count.default(0),
  distinct: count.default(0),
  samples: count.default(0),
  tombstones: count.default(0),
  events: count.default(0),
});

export const header = z.object({
  type: z.literal('kith'),
  version: z.literal(FORMAT_VERSION),
  /** Origin of the data: the id of a server, or the name of a foreign format. */
  origin: text(100),
  created_at: instant.optional(),
  /** Version of Kith. */
  server_version: text(100).optional(),
  /** The model used there. */
  model: text(100),
  contains: counts.prefault({}),
  /** Largest ids in the file. Records that need a new id get one above them. */
  largest: z.object({ person: count.default(0), sample: count.default(0), device: count.default(0) }).prefault({}),
});

export const setting = z.object({
  type: z.literal('setting'),
  name: text(200),
  value: z.json(),
  updated_at: instant.optional(),
});

export const webhook = z.object({
  type: z.literal('webhook'),
  url: z.url({ protocol: /^https?$/ }).max(MAX_URL_LENGTH),
  events: z.array(text(100)).max(100),
  include_names: z.boolean().default(false),
  created_at: instant.optional(),
});

export const group = z.object({
  type: z.literal('group'),
  name: text(100),
  colour: z
    .string()
    .regex(/^#[0-9a-f]{6}$/)
    .nullable(),
  note: z.string().max(1_000).nullable(),
  created_at: instant.optional(),
  updated_at: instant.optional(),
});

/** Names of groups. Absent in files of earlier versions. */
const groupNames = z.array(text(100)).max(10_000);

export const device = z.object({
  type: z.literal('device'),
  device_id: id,
  name: text(1_000),
  allow_enrolment: z.boolean(),
  liveness: z.enum(['off', 'passive', 'challenge']),
  paired_at: instant.nullable(),
  last_contact_at: instant.nullable(),
  gallery_version: count.nullable(),
  gallery_faces: count.nullable(),
  waiting_events: count.nullable(),
  app_version: z.string().nullable(),
  created_at: instant,
  revoked_at: instant.nullable(),
  /** Names of the groups it is limited to; null: not limited. */
  groups: groupNames.nullable().default(null),
});

export const person = z.object({
  type: z.literal('person'),
  person_id: id,
  user_id: text(200).nullable(),
  name: text(200).nullable(),
  notes: z.string().max(1_000_000).nullable(),
  consent_given_at: instant.nullable(),
  consent_until: instant.nullable(),
  /** Further user_ids of the person, left by merging. */
  aliases: z.array(text(200)).max(100_000),
  groups: groupNames.default([]),
  created_at: instant,
  updated_at: instant,
});

/** Two people whom somebody marked as different. */
export const distinct = z.object({
  type: z.literal('distinct'),
  person_id: id,
  other_person_id: id,
  created_at: instant,
});

const picture = z.object({
  kind: z.enum(['crop', 'original']),
  mime: text(200),
  /** Base64. */
  data: z.base64(),
});

export const sample = z
  .object({
    type: z.literal('sample'),
    /** Kept if it is free. */
    face_id: id.optional(),
    /** Used for records without `face_id`. The same key is the same sample. */
    key: key.optional(),
    /** A person of an earlier line; null: unassigned; absent: the person in `unique_args`, as with `POST /face`. */
    person_id: id.nullable().optional(),
    model: text(100),
    face_encoding: faceEncoding.refine(hasPlausibleNorm, 'is not an encoding: its length as a vector is implausible'),
    unique_args: z
      .record(z.string(), z.json())
      .default({})
      .refine(
        (value) => new TextEncoder().encode(JSON.stringify(value)).byteLength <= MAX_UNIQUE_ARGS_BYTES,
        `must be at most ${MAX_UNIQUE_ARGS_BYTES} bytes of JSON`,
      ),
    /** Absent if there was no picture. */
    position: position.nullish(),
    quality: quality.nullish(),
    source_url: z
      .string()
      .max(MAX_URL_LENGTH)
      .regex(/^https?:/i)
      .nullish(),
    image_hash: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .nullish(),
    created_at: instant.optional(),
    /** Its feed number there. It gets a new one here. */
    updated_at: count.optional(),
    pictures: z.array(picture).max(2).default([]),
  })
  .refine((value) => value.face_id !== undefined || value.key !== undefined, 'must have a face_id or a key');

export const tombstone = z.object({ type: z.literal('tombstone'), face_id: id, updated_at: count.optional() });

export const event = z.object({
  type: z.literal('event'),
  id: z.uuid(),
  device_id: id.nullable(),
  at: instant,
  device_at: instant,
  received_at: instant,
  face_id: id.nullable(),
  person_id: id.nullable(),
  trust: z.number().min(0).max(100),
  liveness: z.enum(['off', 'passed', 'failed']),
  /** Whether `at` was limited. Absent in files of earlier versions. */
  clock: z.boolean().default(false),
  /** Origin of the picture. Absent in files of earlier versions. */
  source: z.string().nullable().default(null),
  /** Possible people, nearest first. Absent in files of earlier versions, as are all fields below. */
  candidates: z
    .array(z.object({ face_id: id, trust: z.number().min(0).max(100), distance: z.number().nonnegative().nullable() }))
    .max(MAX_CANDIDATES)
    .default([]),
  corrected: z.boolean().default(false),
  /** Corrections, oldest first. Left out of a person's own file, because they are about other people. */
  corrections: z
    .array(
      z.object({
        at: instant,
        by_kind: z.enum(['user', 'key', 'device', 'system']),
        by_id: z.string().max(200).nullable(),
        by_name: z.string().max(1_000),
        was_known: z.boolean(),
        was_person_id: id.nullable(),
        was_face_id: id.nullable(),
        known: z.boolean(),
        person_id: id.nullable(),
        face_id: id.nullable(),
        confirms: z.boolean(),
        taken_back_at: instant.nullable(),
        taken_back_by: z.string().max(1_000).nullable(),
      }),
    )
    .max(10_000)
    .default([]),
});

export const end = z.object({ type: z.literal('end'), contains: counts });

/** A line between the first and the last. */
export const record = z.discriminatedUnion('type', [
  setting,
  webhook,
  group,
  device,
  person,
  distinct,
  sample,
  tombstone,
  event,
]);

export type Counts = z.output<typeof counts>;
export type Header = z.output<typeof header>;
export type TransferRecord = z.output<typeof record>;
export type RecordType = TransferRecord['type'];
export type RecordOf<Type extends RecordType> = Extract<TransferRecord, { type: Type }>;
/** A line as it is written. Fields with a default may be absent. */
export type Line = z.input<typeof header> | z.input<typeof record> | z.input<typeof end>;

/** A line between the first and the last as it is written. */
export type RecordLine = z.input<typeof record>;

/** The name under which each kind is counted. */
export const COUNTED: Record<RecordType, keyof Counts> = {
  setting: 'settings',
  webhook: 'webhooks',
  group: 'groups',
  device: 'devices',
  person: 'people',
  distinct: 'distinct',
  sample: 'samples',
  tombstone: 'tombstones',
  event: 'events',
};

export const noCounts = (): Counts => counts.parse({});

/** Returns one line of a file. */
export const writeLine = (line: Line): string => `${JSON.stringify(line)}\n`;

function hasPlausibleNorm(base64: string): boolean {
  try {
    const norm = Math.hypot(...encodingFromBase64(base64));
    return norm >= ENCODING_NORM.least && norm <= ENCODING_NORM.most;
  } catch (error) {
    // The length was checked before, but both checks run. NaN and infinity are not allowed either.
    if (error instanceof EncodingError) return false;
    throw error;
  }
}
