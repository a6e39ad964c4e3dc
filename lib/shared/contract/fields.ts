import { z } from 'zod';
import { groupName } from '@/lib/shared/text/groupKey';
import { parseJson, UnacceptableJson } from './json';

/** Largest `unique_args`, counted in bytes of its JSON text. */
export const MAX_UNIQUE_ARGS_BYTES = 8 * 1024;

/** Longest http(s) URL that is taken; `data:` URLs are bounded by the picture's own limit instead. */
export const MAX_URL_LENGTH = 8 * 1024;

/** Forms and query strings carry numbers as text, so both spellings are taken: `12` and `"12"`. */
function integerLike(schema: z.ZodNumber) {
  return z.union([
    schema,
    z
      .string()
      .regex(/^\d{1,16}$/, 'must be a whole number')
      .transform(Number)
      .pipe(schema),
  ]);
}

function numberLike(schema: z.ZodNumber) {
  return z.union([
    schema,
    z
      .string()
      .regex(/^-?\d{1,12}(\.\d{1,12})?$/, 'must be a number')
      .transform(Number)
      .pipe(schema),
  ]);
}

/** A whole number from `min` to `max`, as a number or as its decimal text. */
export function integer({ min, max }: { min: number; max: number }) {
  return integerLike(
    z
      .number(`must be a whole number from ${min} to ${max}`)
      .int()
      .min(min, `must be at least ${min}`)
      .max(max, `must be at most ${max}`),
  );
}

/** Forms carry `true` and `false` as text. */
export const flag = z.union([
  z.boolean('must be true or false'),
  z.enum(['true', 'false'], 'must be true or false').transform((text) => text === 'true'),
]);

/** Ids of samples and people: positive integers that JavaScript and Postgres' bigint both hold exactly. */
const id = integerLike(z.number('must be a positive whole number').int().min(1).max(Number.MAX_SAFE_INTEGER));

/** The id of a sample in a request. */
export const faceIdInput = id.meta({ description: 'The id of a face sample: a positive integer.' });

/** The id of a person in a request. */
export const personIdInput = id.meta({ description: 'The id of a person: a positive integer.' });

/** The id of a group in a request. */
export const groupIdInput = id.meta({ description: 'The id of a group: a positive integer.' });

/** Trust in a request, 0–100. */
export const trustInput = numberLike(z.number('must be a number from 0 to 100').min(0).max(100)).meta({
  description: 'Trust from 0 to 100.',
});

/** In a query: CSV instead of JSON, where a link cannot say `Accept`. */
export const csvFormat = z
  .enum(['csv'], 'must be csv')
  .optional()
  .meta({ description: '`csv`: as `Accept: text/csv`, for a link.' });

/** The id of a sample in an answer. */
export const faceId = z.int().positive();

/** The id of a person in an answer. */
export const personId = z.int().positive();

/**
 * The smallest number of the feed, but for 0, its beginning. All that are smaller are times in seconds, until the year 5138;
 * a server whose clock says 1970 begins here too.
 */
export const FIRST_FEED_NUMBER = 100_000_000_000;

/** A position in the change feed: Unix milliseconds made strictly increasing and unique. */
export const feedNumber = z.int().nonnegative();

/** 128 little-endian float32 as base64: 512 bytes, 684 characters. */
export const faceEncoding = z.base64().length(684).meta({
  id: 'FaceEncoding',
  description: 'Base64 of 128 little-endian float32 (512 bytes). Only encodings of one model can be compared.',
});

/** Most groups that one request names. */
export const MAX_GROUPS = 100;

/** The name of a group in a request. */
export const groupNameInput = z
  .string('must be text')
  .transform(groupName)
  .pipe(z.string().min(1, 'must not be empty').max(100, 'must be at most 100 characters'))
  .meta({ description: 'The name of a group. Case and repeated spaces do not count.' });

/** Names of groups in a request. A form carries a JSON list, or one name. */
export const groupNames = z
  .union([z.array(groupNameInput), z.string().transform(namesOfText).pipe(z.array(groupNameInput))])
  .refine((names) => names.length <= MAX_GROUPS, `must name at most ${MAX_GROUPS} groups`)
  .meta({ description: 'Names of groups. A form carries a JSON list, or one name.' });

/** The text of a form's field as names. */
function namesOfText(text: string): string[] {
  if (text.trim() === '') return [];
  try {
    const parsed = parseJson(text);
    if (Array.isArray(parsed) && parsed.every((name) => typeof name === 'string')) return parsed as string[];
  } catch {
    // A name, then.
  }
  return [text];
}

/** 0–100, strictly falling with the normalised distance. */
export const trust = z
  .number()
  .min(0)
  .max(100)
  .meta({
    description:
      'How sure it is that both faces are one person, 0 to 100. At 50, 1 in 1,000 pairs of a mixed set of strangers is ' +
      'accepted. Within a group of people who look alike it is more: docs/accuracy.md has the rates for each group, and ' +
      'says what to do for children.',
  });

/** Distance between two encodings, normalised by how crowded the space of faces is around both. */
export const distance = z
  .number()
  .nonnegative()
  .meta({
    description:
      'Distance of the encodings, multiplied by how crowded the space of faces is around both, so that the same value ' +
      'means nearly the same risk for everybody. It is not the Euclidean distance of the encodings. `trust` follows it.',
  });

/** A box in the picture as a person sees it (EXIF orientation applied), in whole pixels. */
export const position = z
  .strictObject({ top: z.int(), left: z.int(), bottom: z.int(), right: z.int() })
  .meta({ id: 'Position', description: 'Whole pixels in the picture as a person sees it (EXIF orientation applied).' });

/** A position in a request, or its JSON text as forms carry it. */
export const positionInput = z
  .union([
    position,
    z.string().transform((text, context) => {
      try {
        return parseJson(text);
      } catch {
        context.addIssue({ code: 'custom', message: 'must be a JSON object' });
        return z.NEVER;
      }
    }),
  ])
  .pipe(position)
  .meta({ description: 'Chooses one of several faces: the one whose box overlaps this one most.' });

/** What decides whether a face can be recognised later. */
export const quality = z
  .object({
    score: z.number().min(0).max(1).meta({ description: 'From 0 (useless) to 1 (best).' }),
    size: z.number().nonnegative().meta({ description: 'Distance between the outer eye corners in pixels.' }),
    sharpness: z.number().min(0).max(1).meta({ description: 'From 0 (blurred) to 1 (sharp).' }),
    presence: z.number().min(0).max(1).meta({
      description:
        'How sure the face mesh is that it lies on a whole face. Low for a face that is covered or turned away.',
    }),
    pose: z.object({ yaw: z.number(), pitch: z.number(), roll: z.number() }).meta({
      description: "Degrees. Yaw: positive looks to the picture's right. Pitch: positive looks up. Roll: clockwise.",
    }),
  })
  .meta({ id: 'Quality' });

/** The person a sample belongs to, as it stands beside a face in an answer. */
export const personSummary = z
  .object({
    person_id: personId,
    user_id: z.string().nullable().meta({ description: "The caller's own id of the person (`unique_args.user_id`)." }),
    name: z.string().nullable(),
  })
  .meta({ id: 'PersonSummary' });

/** Attributes that the caller stores with a sample. */
export const uniqueArgs = z.record(z.string(), z.unknown()).meta({
  id: 'UniqueArgs',
  description: 'Any attributes that the caller stores with a sample. `user_id` and `user_name` assign it to a person.',
});

/**
 * `unique_args` in a request: an object, or its JSON text as forms carry it. `user_id` and `user_name` may be text or
 * a number; anything else there is refused, because it could not name a person.
 */
export const uniqueArgsInput = z
  .union([z.record(z.string(), z.unknown()), z.string()])
  .transform((value, context) => {
    if (typeof value !== 'string') return value;
    if (value.trim() === '') return {};
    let parsed: unknown;
    try {
      parsed = parseJson(value);
    } catch (error) {
      const message = error instanceof UnacceptableJson ? error.message : 'must be a JSON object';
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    }
    const object = z.record(z.string(), z.unknown()).safeParse(parsed);
    if (!object.success || Array.isArray(parsed)) {
      context.addIssue({ code: 'custom', message: 'must be a JSON object' });
      return z.NEVER;
    }
    return object.data;
  })
  .superRefine((value, context) => {
    if (new TextEncoder().encode(JSON.stringify(value)).byteLength > MAX_UNIQUE_ARGS_BYTES) {
      context.addIssue({ code: 'custom', message: `must be at most ${MAX_UNIQUE_ARGS_BYTES} bytes of JSON` });
    }
    for (const key of ['user_id', 'user_name'] as const) {
      const entry = value[key];
      if (entry === undefined || entry === null) continue;
      const text = typeof entry === 'number' ? String(entry) : entry;
      if (typeof text !== 'string' || text.trim() === '' || text.length > 200) {
        context.addIssue({ code: 'custom', path: [key], message: 'must be text of 1 to 200 characters, or a number' });
      }
    }
  })
  .meta({
    description:
      'An object, or its JSON text in forms; at most 8 KB. `user_id` and `user_name` assign the sample to a person.',
  });

/** The bytes of an uploaded picture; only multipart can carry them. */
export const imageFile = z
  .instanceof(Uint8Array, { error: 'must be a file in a multipart/form-data request' })
  .meta({ description: 'The picture itself, in multipart/form-data.' });

/** http(s) or `data:`. Whether the address may be reached is decided when it is fetched. */
export const imageUrl = z
  .string('must be text')
  .min(1, 'must not be empty')
  .meta({ description: 'http(s) or `data:` URL of the picture. The spelling `image-url` is accepted too.' });

/** An instant, RFC 3339 in UTC. */
export const timestamp = z.iso.datetime();

/** Where a face was seen. */
export const sourceInput = z
  .string('must be text')
  .trim()
  .min(1, 'must not be empty')
  .max(100, 'must be at most 100 characters')
  .meta({ description: 'Where the face was seen, such as the name of a camera.' });
