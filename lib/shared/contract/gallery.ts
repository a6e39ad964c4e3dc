import { z } from 'zod';
import {
  faceIdInput,
  feedNumber,
  imageFile,
  imageUrl,
  personIdInput,
  personSummary,
  uniqueArgs,
  uniqueArgsInput,
} from './fields';
import { operation } from './operation';

export const changeFace = operation({
  id: 'changeFace',
  method: 'patch',
  path: '/api/faces/{face_id}',
  tag: 'Faces',
  summary: 'Move a sample to another person, or change its attributes',
  description: 'Absent fields stay unchanged. `person_id: null` removes the sample from its person.',
  scope: 'faces:write',
  inGroups: true,
  orOwn: true,
  idempotent: true,
  params: z.object({ face_id: faceIdInput }),
  body: z
    .strictObject({ person_id: personIdInput.nullable().optional(), unique_args: uniqueArgsInput.optional() })
    .meta({ id: 'ChangeFaceRequest' }),
  answer: z
    .object({ face_id: z.int().positive(), person: personSummary.nullable(), unique_args: uniqueArgs })
    .meta({ id: 'ChangedFace' }),
  errors: ['NOT_FOUND', 'CONFLICT'],
  audit: ({ params, body, answer }) => ({
    action: body.person_id === undefined ? 'sample.change' : 'sample.move',
    subjectKind: 'sample',
    subjectId: params.face_id,
    details: { person_id: answer.person?.person_id ?? null },
  }),
});

export const readCrop = operation({
  id: 'readCrop',
  method: 'get',
  path: '/api/faces/{face_id}/crop',
  tag: 'Faces',
  summary: "Read the picture of a sample's face",
  description: 'Returns a JPEG, or 1200 if no picture of the face is stored (STORE_IMAGES).',
  scope: 'faces:read',
  inGroups: true,
  orOwn: true,
  params: z.object({ face_id: faceIdInput }),
  query: z.strictObject({
    v: feedNumber
      .or(z.string().regex(/^\d{1,16}$/, 'must be a feed number'))
      .optional()
      .meta({ description: "The sample's feed number. A new number makes a browser fetch the picture again." }),
  }),
  answer: z.string(),
  alsoAnswers: ['image/jpeg'],
  errors: ['NOT_FOUND'],
});

export const readPicture = operation({
  id: 'readPicture',
  method: 'post',
  path: '/api/pictures',
  tag: 'Recognition',
  summary: 'Read a picture as the recogniser sees it',
  description:
    'Returns a picture (URL or file) as an upright JPEG of at most 1600 pixels. `X-Picture-Width` and `X-Picture-Height` give the size that positions refer to.',
  scope: 'match',
  inGroups: true,
  images: 1,
  body: z
    .strictObject({ image_url: imageUrl.optional(), image: imageFile.optional() })
    .refine((body) => (body.image_url === undefined) !== (body.image === undefined), {
      path: ['image_url'],
      message: 'is required, or the file image',
    })
    .meta({ id: 'ReadPictureRequest' }),
  answer: z.string(),
  alsoAnswers: ['image/jpeg'],
  errors: [
    'BAD_IMAGE_URL',
    'IMAGE_TOO_LARGE',
    'IMAGE_TYPE_UNSUPPORTED',
    'IMAGE_UNDECODABLE',
    'IMAGE_HOST_FAILED',
    'ADDRESS_NOT_ALLOWED',
    'IMAGE_HOST_TIMEOUT',
    'OVERLOADED',
  ],
});
