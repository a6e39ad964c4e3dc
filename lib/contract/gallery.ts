import { z } from 'zod';
import { faceIdInput, personIdInput, personSummary, uniqueArgs, uniqueArgsInput } from './fields';
import { operation } from './operation';

export const changeFace = operation({
  id: 'changeFace',
  method: 'patch',
  path: '/api/faces/{face_id}',
  tag: 'Faces',
  summary: 'Move a sample to another person, or change its attributes',
  description: 'Fields that are absent stay as they are; `person_id: null` takes the sample from its person.',
  scope: 'faces:write',
  params: z.object({ face_id: faceIdInput }),
  body: z
    .object({ person_id: personIdInput.nullable().optional(), unique_args: uniqueArgsInput.optional() })
    .meta({ id: 'ChangeFaceRequest' }),
  answer: z
    .object({ face_id: z.int().positive(), person: personSummary.nullable(), unique_args: uniqueArgs })
    .meta({ id: 'ChangedFace' }),
  errors: ['NOT_FOUND', 'CONFLICT'],
});

export const readCrop = operation({
  id: 'readCrop',
  method: 'get',
  path: '/api/faces/{face_id}/crop',
  tag: 'Faces',
  summary: "Read the picture of a sample's face",
  description: 'Nothing when STORE_IMAGES is none.',
  scope: 'faces:read',
  params: z.object({ face_id: faceIdInput }),
  answer: z.string(),
  alsoAnswers: ['image/jpeg'],
  errors: ['NOT_FOUND'],
});

export const exportAll = operation({
  id: 'exportAll',
  method: 'get',
  path: '/api/export',
  tag: 'Server',
  summary: 'Download people and samples as JSON lines',
  description: 'One object a line: `{"person": …}` and then `{"sample": …}`, encodings included.',
  scope: 'admin',
  answer: z.string(),
  alsoAnswers: ['application/x-ndjson'],
  errors: [],
});
