import { z } from 'zod';
import {
  csvFormat,
  faceId,
  groupNames,
  imageUrl,
  integer,
  personSummary,
  positionInput,
  timestamp,
  uniqueArgsInput,
} from './fields';
import { operation } from './operation';

/** Most rows one request may carry; a longer list is sent in several, `import_id` tying them together. */
export const MAX_IMPORT_ROWS = 500;

/** Days after which an import that is over is removed, with its rows. */
export const KEPT_DAYS = 30;

export const importSummary = z
  .object({
    import_id: z.int().positive(),
    name: z.string(),
    status: z.enum(['running', 'paused', 'cancelled', 'done']),
    created_at: timestamp,
    finished_at: timestamp.nullable(),
    rows: z.int().nonnegative(),
    waiting: z.int().nonnegative(),
    enrolled: z.int().nonnegative(),
    duplicates: z.int().nonnegative(),
    failed: z.int().nonnegative(),
    rows_per_second: z
      .number()
      .nonnegative()
      .nullable()
      .meta({ description: 'Averaged over the time it was running.' }),
    seconds_left: z.number().nonnegative().nullable(),
  })
  .meta({ id: 'Import' });

export const importRow = z
  .object({
    row: z.int().positive(),
    source: z.string().meta({
      description: 'A URL, or the name of an uploaded picture. `erased` after its sample or person was erased.',
    }),
    unique_args: z.record(z.string(), z.json()),
    groups: z.array(z.string()).meta({ description: 'Names of groups that the person is added to.' }),
    status: z.enum(['waiting', 'enrolled', 'duplicate', 'failed']),
    face_id: z.int().positive().nullable(),
    error_type: z.int().nullable(),
    error_message: z.string().nullable(),
    disagrees: z.boolean().meta({
      description: "Whether the enrolled face does not look like the person's other samples, as they are now.",
    }),
    differs_from: faceId.nullable().meta({
      description: 'The nearest sample of its person, when the row failed because its face is somebody else (2010).',
    }),
    looks_like: z.object({ face_id: faceId, person: personSummary.nullable() }).nullable().meta({
      description: 'Somebody else who is enrolled and whom the enrolled face matches.',
    }),
  })
  .meta({ id: 'ImportRow' });

const ifDifferent = z.enum(['refuse', 'keep'], 'must be refuse or keep').meta({
  description:
    'What to do with a face that is beyond doubt not the person of the other samples: the row fails with 2010, or is enrolled.',
});

const importId = integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
const params = z.object({ import_id: importId });
const rowNumber = integer({ min: 1, max: 2_147_483_647 });
const rowParams = z.object({ import_id: importId, row: rowNumber });

export const listImports = operation({
  id: 'listImports',
  method: 'get',
  path: '/api/imports',
  tag: 'Imports',
  summary: 'List imports',
  description: `The last 50, newest first. A finished import is removed after ${KEPT_DAYS} days, with its rows.`,
  scope: 'faces:write',
  answer: z.object({ imports: z.array(importSummary) }).meta({ id: 'ListImportsAnswer' }),
  errors: [],
});

export const createImport = operation({
  id: 'createImport',
  method: 'post',
  path: '/api/imports',
  tag: 'Imports',
  summary: 'Enrol many pictures in the background',
  description:
    'Takes up to 500 rows of `image_url` and `unique_args`. To send more, repeat the call with `import_id`, and set `start: false` on all calls but the last. With `row`, a row keeps the number of its file. A row that any import enrolled before is a duplicate. A face that is beyond doubt not the person of the other samples is not enrolled.',
  scope: 'faces:write',
  maxBodyBytes: 8 * 1024 * 1024,
  body: z
    .strictObject({
      import_id: importId.optional(),
      name: z.string().trim().min(1).max(200).default('Import'),
      start: z.boolean().default(true),
      if_different: ifDifferent.default('refuse'),
      rows: z
        .array(
          z.strictObject({
            image_url: imageUrl,
            unique_args: uniqueArgsInput.optional(),
            groups: groupNames.optional(),
            row: rowNumber
              .optional()
              .meta({ description: 'Greater than that of any row before. Default: the next one.' }),
          }),
        )
        .max(MAX_IMPORT_ROWS, `must have at most ${MAX_IMPORT_ROWS} rows`),
    })
    .refine(({ rows, start }) => rows.length > 0 || !start, {
      path: ['rows'],
      message: 'must have at least one row, or start must be false',
    })
    .meta({ id: 'CreateImportRequest' }),
  answer: importSummary,
  status: 201,
  errors: ['NOT_FOUND', 'CONFLICT'],
  audit: ({ answer }) => ({ action: 'import.create', subjectKind: 'import', subjectId: answer.import_id }),
});

export const addImportPicture = operation({
  id: 'addImportPicture',
  method: 'post',
  path: '/api/imports/{import_id}/pictures',
  tag: 'Imports',
  summary: 'Add a picture to an import',
  description: 'Takes the picture itself instead of its URL, as the multipart file `image`.',
  scope: 'faces:write',
  images: 1,
  params,
  body: z
    .strictObject({
      image: z.instanceof(Uint8Array, { error: 'must be a file in a multipart/form-data request' }),
      name: z.string().min(1).max(500),
      unique_args: uniqueArgsInput.optional(),
      groups: groupNames.optional(),
      if_different: ifDifferent.default('refuse'),
    })
    .meta({ id: 'AddImportPictureRequest' }),
  answer: importSummary,
  status: 201,
  errors: ['NOT_FOUND', 'CONFLICT', 'IMAGE_TOO_LARGE'],
  audit: ({ params }) => ({ action: 'import.add', subjectKind: 'import', subjectId: params.import_id }),
});

export const readImport = operation({
  id: 'readImport',
  method: 'get',
  path: '/api/imports/{import_id}',
  tag: 'Imports',
  summary: 'Read the progress and the results of an import',
  description: 'Rows are paged by `after`. With `Accept: text/csv` the response is a report of all rows.',
  scope: 'faces:write',
  params,
  query: z.strictObject({
    after: integer({ min: 0, max: Number.MAX_SAFE_INTEGER }).default(0),
    limit: integer({ min: 1, max: 500 }).default(100),
    status: z.enum(['waiting', 'enrolled', 'duplicate', 'failed']).optional(),
    format: csvFormat,
  }),
  answer: z.object({ import: importSummary, outcome: z.array(importRow) }).meta({ id: 'ReadImportAnswer' }),
  alsoAnswers: ['text/csv'],
  errors: ['NOT_FOUND'],
});

export const deleteImport = operation({
  id: 'deleteImport',
  method: 'delete',
  path: '/api/imports/{import_id}',
  tag: 'Imports',
  summary: 'Delete an import with its rows',
  description: 'A running import is cancelled first. Samples that it enrolled stay.',
  scope: 'faces:write',
  params,
  answer: z.object({}).meta({ id: 'DeleteImportAnswer' }),
  errors: ['NOT_FOUND'],
  audit: ({ params }) => ({ action: 'import.delete', subjectKind: 'import', subjectId: params.import_id }),
});

export const steerImport = operation({
  id: 'steerImport',
  method: 'patch',
  path: '/api/imports/{import_id}',
  tag: 'Imports',
  summary: 'Pause, resume or cancel an import, or retry its failed rows',
  description:
    '`pause` and `resume` stop and continue it. `cancel` ends it. `retry` runs its failed rows again, when it is resumed if it is paused. A cancelled import is over.',
  scope: 'faces:write',
  params,
  body: z.strictObject({ action: z.enum(['pause', 'resume', 'cancel', 'retry']) }).meta({ id: 'SteerImportRequest' }),
  answer: importSummary,
  errors: ['NOT_FOUND', 'CONFLICT'],
  audit: ({ params, body }) => ({
    action: `import.${body.action}`,
    subjectKind: 'import',
    subjectId: params.import_id,
  }),
});

export const repairImportRow = operation({
  id: 'repairImportRow',
  method: 'patch',
  path: '/api/imports/{import_id}/rows/{row}',
  tag: 'Imports',
  summary: 'Repair a failed row and try it again',
  description:
    'What is absent stays as it is. The import runs until the row is done; a paused one when it is resumed. A cancelled import is over.',
  scope: 'faces:write',
  params: rowParams,
  body: z
    .strictObject({
      image_url: imageUrl.optional().meta({ description: 'Replaces the address or the uploaded picture.' }),
      unique_args: uniqueArgsInput.optional(),
      position: positionInput.optional().meta({ description: 'Which of several faces.' }),
      if_different: ifDifferent.optional(),
    })
    .meta({ id: 'RepairImportRowRequest' }),
  answer: importSummary,
  errors: ['NOT_FOUND', 'CONFLICT'],
  audit: ({ params }) => ({ action: 'import.repair', subjectKind: 'import', subjectId: params.import_id }),
});

export const deleteImportRow = operation({
  id: 'deleteImportRow',
  method: 'delete',
  path: '/api/imports/{import_id}/rows/{row}',
  tag: 'Imports',
  summary: 'Remove a failed row with its picture',
  description: 'Only a failed row can be removed. Its picture is erased.',
  scope: 'faces:write',
  params: rowParams,
  answer: importSummary,
  errors: ['NOT_FOUND', 'CONFLICT'],
  audit: ({ params }) => ({ action: 'import.skip', subjectKind: 'import', subjectId: params.import_id }),
});

export const readImportPicture = operation({
  id: 'readImportPicture',
  method: 'get',
  path: '/api/imports/{import_id}/rows/{row}/picture',
  tag: 'Imports',
  summary: "Read a row's picture as the recogniser sees it",
  description:
    'Returns an upright JPEG of at most 1600 pixels, from the uploaded picture of a row that is not enrolled, or from its URL. `X-Picture-Width` and `X-Picture-Height` give the size that positions refer to.',
  scope: 'faces:write',
  params: rowParams,
  answer: z.string(),
  alsoAnswers: ['image/jpeg'],
  errors: [
    'NOT_FOUND',
    'BAD_IMAGE_URL',
    'IMAGE_TOO_LARGE',
    'IMAGE_TYPE_UNSUPPORTED',
    'IMAGE_UNDECODABLE',
    'IMAGE_HOST_FAILED',
    'ADDRESS_NOT_ALLOWED',
    'IMAGE_HOST_TIMEOUT',
  ],
});
