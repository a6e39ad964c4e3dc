import { z } from 'zod';
import type { ErrorCode } from './errors';
import {
  distance,
  faceEncoding,
  faceId,
  faceIdInput,
  feedNumber,
  flag,
  groupNames,
  imageFile,
  imageUrl,
  integer,
  personIdInput,
  personSummary,
  position,
  positionInput,
  quality,
  sourceInput,
  timestamp,
  trust,
  trustInput,
  uniqueArgs,
  uniqueArgsInput,
} from './fields';
import { operation } from './operation';
import { QUALITY_BANDS } from './qualityBand';

/** Most candidates a face that a match lists. */
export const MAX_CANDIDATES = 100;
export const DEFAULT_CANDIDATES = 5;

/** Everything that can be wrong with a picture, wherever one is taken. */
const PICTURE_ERRORS: ErrorCode[] = [
  'BAD_IMAGE_URL',
  'IMAGE_TOO_LARGE',
  'IMAGE_TYPE_UNSUPPORTED',
  'IMAGE_UNDECODABLE',
  'IMAGE_HOST_FAILED',
  'ADDRESS_NOT_ALLOWED',
  'IMAGE_HOST_TIMEOUT',
  'OVERLOADED',
];

/** A picture comes as `image_url` or as the multipart file `image`, exactly one of them. */
const picture = { image_url: imageUrl.optional(), image: imageFile.optional() };

function onePicture(body: { image_url?: string; image?: Uint8Array }, context: z.RefinementCtx): void {
  if (body.image_url !== undefined && body.image !== undefined) {
    context.addIssue({ code: 'custom', path: ['image_url'], message: 'must not be given together with image' });
  } else if (body.image_url === undefined && body.image === undefined) {
    context.addIssue({ code: 'custom', path: ['image_url'], message: 'is required' });
  }
}

const select = z.enum(['single', 'largest'], 'must be single or largest').default('single').meta({
  description:
    '`single` refuses a picture with several faces. `largest` uses the largest face, unless it is blurred or at the edge, and a smaller one is not.',
});

/** A face of someone known, as it stands in `similar` and `candidates`: one entry a person, nearest first. */
export const candidate = z
  .object({ face_id: faceId, person: personSummary.nullable(), trust, distance })
  .meta({ id: 'Candidate' });

export const enrolFace = operation({
  id: 'enrolFace',
  method: 'post',
  path: '/face',
  tag: 'Faces',
  summary: 'Enrol a face',
  description: 'Finds the face in a picture and stores its encoding as a sample.',
  scope: 'faces:write',
  inGroups: true,
  orOwn: true,
  idempotent: true,
  images: 1,
  body: z
    .strictObject({
      ...picture,
      unique_args: uniqueArgsInput.optional(),
      person_id: personIdInput.optional(),
      groups: groupNames.optional().meta({
        description:
          'Names of groups that the person is added to. Groups that do not exist are created, except by credentials that are limited to groups. These add a new person to all of their groups by default.',
      }),
      select,
      position: positionInput.optional(),
      if_known: z.enum(['keep', 'refuse']).default('keep').meta({
        description:
          'What to do with a face that matches somebody else who is enrolled. `keep` enrols it and lists the match in `similar`. `refuse` returns 1300.',
      }),
    })
    .superRefine(onePicture)
    .meta({ id: 'EnrolFaceRequest' }),
  answer: z
    .object({
      face_id: faceId,
      face_encoding: faceEncoding,
      position,
      quality,
      person: personSummary.nullable(),
      similar: z.array(candidate).meta({
        description:
          'Faces of other people that match this one, nearest first. With `faces:enrol`, only those that the same credentials added.',
      }),
      duplicate: z.boolean().meta({
        description:
          'Whether the same picture of the same person was enrolled before. `face_id` is then that sample, and nothing changed.',
      }),
      disagrees: z.boolean().meta({
        description:
          "Whether the face does not look like the person's other samples: fewer than half of them reach trust 5 with it. It is enrolled all the same. Check whom the picture shows.",
      }),
      more_samples: z.int().nonnegative().meta({
        description:
          'How many more samples this person should get, because many people look alike to the model there. 0 for most people.',
      }),
    })
    .meta({ id: 'EnrolledFace' }),
  errors: [...PICTURE_ERRORS, 'NO_FACE', 'SEVERAL_FACES', 'POOR_FACE', 'NOT_FOUND', 'CONFLICT'],
  // A picture that was there already changed nothing.
  audit: ({ answer }) =>
    answer.duplicate
      ? null
      : {
          action: 'sample.create',
          subjectKind: 'sample',
          subjectId: answer.face_id,
          details: { person_id: answer.person?.person_id ?? null },
        },
});

export const readFace = operation({
  id: 'readFace',
  method: 'get',
  path: '/face',
  tag: 'Faces',
  summary: 'Read a face',
  description: 'Returns the encoding, the attributes and the person of a sample.',
  scope: 'faces:read',
  inGroups: true,
  orOwn: true,
  query: z.strictObject({ face_id: faceIdInput }),
  answer: z
    .object({
      face_id: faceId,
      face_encoding: faceEncoding,
      unique_args: uniqueArgs,
      person: personSummary.nullable(),
      created_at: timestamp,
      updated_at: feedNumber.meta({ description: "The sample's number in the change feed." }),
    })
    .meta({ id: 'StoredFace' }),
  errors: ['NOT_FOUND'],
});

export const matchFaces = operation({
  id: 'matchFaces',
  method: 'post',
  path: '/face/match',
  tag: 'Recognition',
  summary: 'Recognise every face in a picture',
  description: 'Returns the largest face first. A picture without faces gives an empty list.',
  scope: 'match',
  inGroups: true,
  images: 1,
  body: z
    .strictObject({
      ...picture,
      limit: integer({ min: 0, max: MAX_CANDIDATES })
        .default(DEFAULT_CANDIDATES)
        .meta({ description: 'Number of candidates for each face.' }),
      min_trust: trustInput
        .optional()
        .meta({ description: 'Trust from which a face counts as recognised. Default: the MATCH_TRUST of the server.' }),
      groups: groupNames.optional().meta({ description: 'Searches only people in at least one of these groups.' }),
      record: flag.optional().meta({
        description:
          'Stores an event for each face, as if a device had reported it. This also needs the scope events:write. Default: false.',
      }),
      source: sourceInput
        .optional()
        .meta({ description: 'With `record`: where the picture is from, such as a camera.' }),
    })
    .superRefine(onePicture)
    .meta({ id: 'MatchFacesRequest' }),
  answer: z
    .object({
      faces: z.array(
        z
          .object({
            face_id: faceId.nullable().meta({ description: 'The nearest sample, or null when nobody is recognised.' }),
            trust: trust.meta({
              description: 'Trust in the nearest candidate, recognised or not; 0 when there is none.',
            }),
            unique_args: uniqueArgs.nullable(),
            person: personSummary.nullable(),
            also: z.boolean().meta({
              description:
                'A nearer face of this picture is the same person, so this one is a mirror, a poster or somebody alike: `face_id` is null.',
            }),
            position,
            candidates: z.array(candidate),
            event_id: z.uuid().nullable().optional().meta({
              description: 'With `record`: the event of this face. Null if `also` is true, or if the person is erased.',
            }),
          })
          .meta({ id: 'MatchedFace' }),
      ),
    })
    .meta({ id: 'MatchFacesAnswer' }),
  errors: [...PICTURE_ERRORS, 'NOT_FOUND'],
});

export const detectFaces = operation({
  id: 'detectFaces',
  method: 'post',
  path: '/face/detect',
  tag: 'Recognition',
  summary: 'Find every face in a picture',
  description: 'Returns the largest face first. A picture without faces gives an empty list.',
  scope: 'match',
  inGroups: true,
  images: 1,
  body: z.strictObject(picture).superRefine(onePicture).meta({ id: 'DetectFacesRequest' }),
  answer: z
    .object({
      faces: z.array(
        z
          .object({
            face_id: faceId.nullable(),
            face_encoding: faceEncoding,
            position,
            landmarks: z
              .array(z.tuple([z.number(), z.number()]))
              .meta({ description: '468 points of the face mesh as [x, y] in pixels of the picture.' }),
            quality,
          })
          .meta({ id: 'DetectedFace' }),
      ),
    })
    .meta({ id: 'DetectFacesAnswer' }),
  errors: PICTURE_ERRORS,
});

export const updateFace = operation({
  id: 'updateFace',
  method: 'post',
  path: '/face/update',
  tag: 'Faces',
  summary: "Replace a face's picture",
  description: 'The sample keeps its id. Without `unique_args` it also keeps its attributes.',
  scope: 'faces:write',
  inGroups: true,
  orOwn: true,
  idempotent: true,
  images: 1,
  body: z
    .strictObject({
      face_id: faceIdInput,
      ...picture,
      unique_args: uniqueArgsInput.optional(),
      select,
      position: positionInput.optional(),
    })
    .superRefine(onePicture)
    .meta({ id: 'UpdateFaceRequest' }),
  answer: z
    .object({
      faces: z.array(z.object({ face_id: faceId, position, quality, person: personSummary.nullable() })),
      face_encoding: faceEncoding,
    })
    .meta({ id: 'UpdatedFace' }),
  errors: [...PICTURE_ERRORS, 'NO_FACE', 'SEVERAL_FACES', 'POOR_FACE', 'NOT_FOUND', 'CONFLICT'],
  audit: ({ body }) => ({ action: 'sample.replace', subjectKind: 'sample', subjectId: body.face_id }),
});

export const deleteFace = operation({
  id: 'deleteFace',
  method: 'post',
  path: '/face/delete',
  tag: 'Faces',
  summary: 'Delete a face',
  description: 'Erases the sample and its pictures. Readers of the feed receive a tombstone.',
  scope: 'faces:write',
  inGroups: true,
  orOwn: true,
  idempotent: true,
  body: z.strictObject({ face_id: faceIdInput }).meta({ id: 'DeleteFaceRequest' }),
  answer: z.object({}).meta({ id: 'Empty' }),
  errors: ['NOT_FOUND', 'CONFLICT'],
  audit: ({ body }) => ({ action: 'sample.delete', subjectKind: 'sample', subjectId: body.face_id }),
});

export const verifyFace = operation({
  id: 'verifyFace',
  method: 'post',
  path: '/face/verify',
  tag: 'Recognition',
  summary: 'Decide whether two faces are the same person',
  description:
    'Compares the face of a picture with one other: a second picture (`image_url_2` or the file `image_2`), a sample (`face_id`), or a person (`person_id`, whose nearest sample decides). Of several faces in a picture, the one that `select=largest` would take is compared.',
  scope: 'match',
  inGroups: true,
  images: 2,
  body: z
    .strictObject({
      ...picture,
      image_url_2: imageUrl.optional(),
      image_2: imageFile.optional(),
      face_id: faceIdInput.optional(),
      person_id: personIdInput.optional(),
      min_trust: trustInput.optional(),
    })
    .superRefine(onePicture)
    .superRefine((body, context) => {
      const others = (['image_url_2', 'image_2', 'face_id', 'person_id'] as const).filter(
        (key) => body[key] !== undefined,
      );
      if (others.length === 1) return;
      const message =
        others.length === 0
          ? 'or image_2, face_id or person_id is required'
          : `must not be given together with ${others[0]}`;
      context.addIssue({ code: 'custom', path: [others.at(-1) ?? 'image_url_2'], message });
    })
    .meta({ id: 'VerifyFaceRequest' }),
  answer: z.object({ match: z.boolean(), trust, distance }).meta({ id: 'VerifyFaceAnswer' }),
  errors: [...PICTURE_ERRORS, 'NO_FACE', 'NOT_FOUND', 'CONFLICT'],
});

export const listFaces = operation({
  id: 'listFaces',
  method: 'get',
  path: '/api/faces',
  tag: 'Faces',
  summary: 'List faces',
  description: 'Paged by cursor. Filter by person, by words, or by one attribute.',
  scope: 'faces:read',
  inGroups: true,
  query: z.strictObject({
    cursor: z.string().min(1).max(200).optional().meta({ description: 'The `next_cursor` of the page before.' }),
    limit: integer({ min: 1, max: 200 }).default(50),
    person_id: personIdInput.optional(),
    unassigned: z
      .union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')])
      .optional()
      .meta({ description: 'Only samples without a person.' }),
    quality: z
      .enum(QUALITY_BANDS, 'must be good, fair or poor')
      .optional()
      .meta({ description: 'Only samples whose quality score is in this band.' }),
    order: z.enum(['newest', 'oldest', 'best', 'worst'], 'must be newest, oldest, best or worst').default('newest'),
    q: z
      .string()
      .max(200)
      .optional()
      .meta({ description: 'Beginnings of words in the attributes, or in the name and user_id of the person.' }),
    attribute: z
      .string()
      .max(200)
      .regex(/^[^=]+=/, 'must be name=value')
      .transform((text) => {
        const equals = text.indexOf('=');
        return { name: text.slice(0, equals), value: text.slice(equals + 1) };
      })
      .optional()
      .meta({ description: '`name=value`: only samples with exactly this value in `unique_args`.' }),
  }),
  answer: z
    .object({
      faces: z.array(
        z
          .object({
            face_id: faceId,
            unique_args: uniqueArgs,
            person: personSummary.nullable(),
            quality,
            position,
            source_url: z.string().nullable(),
            created_at: timestamp,
            updated_at: feedNumber,
          })
          .meta({ id: 'ListedFace' }),
      ),
      next_cursor: z.string().nullable(),
    })
    .meta({ id: 'ListFacesAnswer' }),
  errors: [],
});
