import { z } from 'zod';
import { faceId, personSummary, timestamp } from './fields';
import { operation } from './operation';
import { person } from './people';

/** What the review asks about, the most urgent first. */
export const REVIEW_KINDS = [
  'device',
  'outlier',
  'duplicate',
  'import',
  'consent_ending',
  'poor',
  'single',
  'consent_missing',
] as const;
export type ReviewKind = (typeof REVIEW_KINDS)[number];

/** Most items of one kind. More are counted as this many and more. */
export const REVIEW_LIMIT = 50;

/** Days before the end of a consent at which it is asked about. */
export const CONSENT_DAYS = 30;

/** Hours without contact after which a device is asked about. */
export const SILENT_HOURS = 24;

export const reviewItem = z
  .object({
    kind: z.enum(REVIEW_KINDS),
    subject: z.string().meta({ description: 'What to send to keep it as it is.' }),
    person: personSummary.nullable(),
    other_person: person.nullable().meta({ description: 'Of a duplicate: the person who was enrolled later.' }),
    face_ids: z.array(faceId),
    import_id: z.int().positive().nullable(),
    device_id: z.int().positive().nullable(),
    name: z.string().nullable().meta({ description: 'Of an import or a device.' }),
    at: timestamp.nullable().meta({ description: 'When consent ends or ended, or the last contact of a device.' }),
    value: z.number().nullable().meta({
      description: 'Trust between samples, quality from 0 to 1, or failed rows.',
    }),
    outdated: z.boolean().meta({ description: 'Of a device: it matches by an older rule than the server.' }),
  })
  .meta({ id: 'ReviewItem' });

export type ReviewItem = z.output<typeof reviewItem>;

export const listReview = operation({
  id: 'listReview',
  method: 'get',
  path: '/api/review',
  tag: 'Review',
  summary: 'List what needs a decision',
  description: `Samples unlike the others of their person, poor ones, people with one sample, likely duplicates, consent that is missing or ends within ${CONSENT_DAYS} days, failed imports, and devices that are outdated or silent for ${SILENT_HOURS} hours. At most ${REVIEW_LIMIT} of each. Each call searches more samples, for half a second at most. \`complete\` is true when all were searched.`,
  scope: 'faces:write',
  answer: z.object({ items: z.array(reviewItem), complete: z.boolean() }).meta({ id: 'ListReviewAnswer' }),
  errors: [],
});

export const keepReviewItem = operation({
  id: 'keepReviewItem',
  method: 'post',
  path: '/api/review/keep',
  tag: 'Review',
  summary: 'Keep an item of the review as it is',
  description: 'It is not listed again. `keep: false` lists it again.',
  scope: 'faces:write',
  body: z
    .strictObject({
      kind: z.enum(REVIEW_KINDS, `must be one of ${REVIEW_KINDS.join(', ')}`),
      subject: z.string('must be text').min(1, 'must not be empty').max(100, 'must be at most 100 characters'),
      keep: z.boolean('must be true or false').default(true),
    })
    .meta({ id: 'KeepReviewItemRequest' }),
  answer: z.object({}).meta({ id: 'KeepReviewItemAnswer' }),
  errors: [],
  audit: ({ body }) => ({
    action: body.keep ? 'review.keep' : 'review.ask_again',
    subjectKind: body.kind,
    subjectId: body.subject,
  }),
});
