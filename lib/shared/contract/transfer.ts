import { z } from 'zod';
import { personIdInput } from './fields';
import { operation } from './operation';

/** Media type of a file that Kith exports (docs/export.md): gzip of JSON lines. */
export const EXPORT_TYPE = 'application/gzip';

const count = z.int().nonnegative();

const tally = z.object({
  added: count,
  present: count.meta({ description: 'Existed before, and stay unchanged.' }),
  left_out: count.meta({ description: 'Were deleted on this server before, or cannot be stored here.' }),
});

export type Tally = z.output<typeof tally>;

/** Most changed ids that are listed. */
export const MAX_CHANGED_IDS = 1_000;

/** What an import did. */
export const importReport = z
  .object({
    groups: tally,
    people: tally,
    samples: tally,
    pictures: tally,
    tombstones: tally,
    events: tally,
    devices: tally,
    settings: tally,
    webhooks: tally,
    other_model: count.meta({
      description: 'Added samples with encodings of another model. They are stored, and never compared.',
    }),
    changed_ids: z
      .array(
        z.object({
          type: z.enum(['person', 'sample', 'device']),
          from: z.int().positive().meta({ description: 'Its id in the file.' }),
          to: z.int().positive().meta({ description: 'Its id on this server, because the other id is taken.' }),
        }),
      )
      .meta({ description: `The first ${MAX_CHANGED_IDS}.` }),
    changed_ids_count: count,
  })
  .meta({ id: 'ImportReport' });

export type ImportReport = z.output<typeof importReport>;

/** A choice in a query string, where everything is text. */
const yesOrNo = z.enum(['true', 'false'], 'must be true or false');

const WHAT_IS_NEVER_IN_IT =
  'It never contains accounts, API keys, sessions, tokens of devices, secrets of webhooks or the audit log.';

export const exportServer = operation({
  id: 'exportServer',
  method: 'get',
  path: '/api/export',
  tag: 'Transfer',
  summary: 'Export everything in one file',
  description: `Returns the state of one moment as gzip of JSON lines. \`POST /api/import\` of another server accepts it. ${WHAT_IS_NEVER_IN_IT}`,
  scope: 'admin',
  acts: true,
  query: z.strictObject({
    what: z.enum(['all', 'gallery'], 'must be all or gallery').default('all').meta({
      description: '`gallery`: only people and samples. `all`: also recognitions, devices, settings and webhooks.',
    }),
    pictures: yesOrNo.default('true').meta({ description: '`false`: without the pictures of samples.' }),
  }),
  answer: z.string(),
  alsoAnswers: [EXPORT_TYPE],
  errors: ['OVERLOADED'],
  audit: () => ({ action: 'server.export', subjectKind: 'server' }),
});

export const exportPerson = operation({
  id: 'exportPerson',
  method: 'get',
  path: '/api/people/{person_id}/export',
  tag: 'Transfer',
  summary: 'Export everything about one person',
  description:
    'For people who ask what is stored about them. Returns a ZIP with `person.json` (details, samples with encodings, recognitions) and all pictures. With `format=kith` the response is a file that `POST /api/import` accepts.',
  scope: 'admin',
  acts: true,
  params: z.object({ person_id: personIdInput }),
  query: z.strictObject({ format: z.enum(['zip', 'kith'], 'must be zip or kith').default('zip') }),
  answer: z.string(),
  alsoAnswers: ['application/zip', EXPORT_TYPE],
  errors: ['NOT_FOUND', 'OVERLOADED'],
  audit: ({ params }) => ({ action: 'person.export', subjectKind: 'person', subjectId: params.person_id }),
});

export const importServer = operation({
  id: 'importServer',
  method: 'post',
  path: '/api/import',
  tag: 'Transfer',
  summary: 'Import a file that Kith exported',
  description:
    'The body is the file itself, compressed or not. Importing it again changes nothing. Ids are kept if they are free. A known `user_id` is the same person. Up to 500 records are imported completely or not at all. A longer file is imported in portions of that size; if it breaks off, send it again. This call also enrols existing encodings: see docs/export.md.',
  scope: 'admin',
  query: z.strictObject({
    restore_deleted: yesOrNo.default('false').meta({
      description: '`true`: restores what was deleted on this server, under new ids.',
    }),
  }),
  streamed: [EXPORT_TYPE, 'application/x-ndjson'],
  answer: importReport,
  errors: ['CONFLICT'],
  audit: ({ answer: { people, samples, events } }) => ({
    action: 'server.import',
    subjectKind: 'server',
    details: { people: people.added, samples: samples.added, events: events.added },
  }),
});

export const backUp = operation({
  id: 'backUp',
  method: 'get',
  path: '/api/backup',
  tag: 'Transfer',
  summary: 'Back up the embedded database',
  description:
    'Returns the whole database at one moment, with accounts and keys, as a tar.gz for `kith restore`. Protect it like the server itself. With `DATABASE_URL` the call returns 1300: use pg_dump.',
  scope: 'admin',
  acts: true,
  answer: z.string(),
  alsoAnswers: [EXPORT_TYPE],
  errors: ['CONFLICT', 'OVERLOADED'],
  audit: () => ({ action: 'server.backup', subjectKind: 'server' }),
});
