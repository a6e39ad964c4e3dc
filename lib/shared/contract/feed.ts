import { FEED_MEDIA_TYPE, FEED_SUM_FACTOR, FEED_SUM_PRIMES } from '@kith/sdk';
import { z } from 'zod';
import { FIRST_FEED_NUMBER, faceEncoding, faceId, feedNumber, integer, personId, uniqueArgs } from './fields';
import { operation } from './operation';

export const DEFAULT_FEED_LIMIT = 1_000;
export const MAX_FEED_LIMIT = 10_000;

/** The number a reader asks with; seconds, which are a thousand times smaller, would read everything again each time. */
const feedNumberText = z
  .string()
  .superRefine((text, context) => {
    const value = Number(text);
    const looksLikeTime = /^\d{1,17}(\.\d*)?$/.test(text);
    if (looksLikeTime && value !== 0 && value < FIRST_FEED_NUMBER) {
      const message = `must be Unix milliseconds, as lastUpdatedAt of the page before has it; ${text} looks like seconds. 0 is the beginning`;
      context.addIssue({ code: 'custom', message });
    } else if (!/^\d+$/.test(text)) {
      const message = `must be whole Unix milliseconds, as lastUpdatedAt of the page before has it${looksLikeTime ? ', without a fraction' : ''}`;
      context.addIssue({ code: 'custom', message });
    } else if (!Number.isSafeInteger(value)) {
      context.addIssue({ code: 'custom', message: `must be at most ${Number.MAX_SAFE_INTEGER}` });
    }
  })
  .transform(Number);

const feedNumberInput = z
  .union([feedNumberText, feedNumber])
  .meta({ description: 'Unix milliseconds: the `lastUpdatedAt` of the page before; 0 is the beginning.' });

export const syncFaces = operation({
  id: 'syncFaces',
  method: 'get',
  path: '/faces/sync',
  tag: 'Feed',
  summary: 'Read the change feed',
  description:
    'Returns what changed after `last_updated_at`, oldest first. 0 or no value starts from the beginning. `limit` counts samples and tombstones together. `reset: true` means that this server never returned that number, for example because its database was restored: delete everything that you have, and use this page as the first. Send `lineage` to notice a restored database that was written to since, and `verify=1` at the start and once an hour to notice any other difference. Credentials that are limited to groups receive the samples of their groups, and under `deleted` also the ids of samples that left a group and are in none of theirs.',
  scope: 'sync',
  inGroups: true,
  query: z.strictObject({
    last_updated_at: feedNumberInput.default(0),
    limit: integer({ min: 1, max: MAX_FEED_LIMIT }).default(DEFAULT_FEED_LIMIT),
    lineage: z.uuid('must be the lineage of the page before').optional().meta({
      description: 'The `lineage` of the page before. Another one than the server’s gives `reset: true`.',
    }),
    verify: z.literal('1', 'must be 1').optional().meta({
      description: '`1`: the last page (`hasMore: false`) has `count` and `checksum`.',
    }),
  }),
  answer: z
    .object({
      faces: z.array(
        z
          .object({
            faceId,
            faceEncoding,
            updatedAt: feedNumber,
            uniqueArgs,
            personId: personId.nullable(),
            personName: z.string().nullable(),
            groups: z.array(z.string()).meta({ description: "Names of the person's groups." }),
          })
          .meta({ id: 'FeedFace' }),
      ),
      deleted: z.array(z.object({ faceId, updatedAt: feedNumber }).meta({ id: 'FeedTombstone' })),
      lastUpdatedAt: feedNumber.meta({ description: 'The `last_updated_at` of the next call.' }),
      hasMore: z.boolean(),
      model: z
        .string()
        .meta({ description: 'The model of the encodings. Never compare encodings of different models.' }),
      reset: z.boolean(),
      lineage: z.uuid().meta({
        description:
          'The history that ids and numbers belong to. `kith restore` begins another one. Send it with the next call.',
      }),
      count: z.int().nonnegative().optional().meta({ description: 'All samples that the caller may see.' }),
      checksum: z
        .string()
        .regex(/^[0-9a-f]{14}$/)
        .optional()
        .meta({
          description: `Over id and number of all these samples, in any order. Two sums, each of seven hexadecimal digits. The first sums id · number modulo ${FEED_SUM_PRIMES[0]}. The second sums the cube of (${FEED_SUM_FACTOR} · id + number) modulo ${FEED_SUM_PRIMES[1]}. A reader that gets another result reads everything again from 0.`,
        }),
    })
    .meta({ id: 'FeedPage' }),
  alsoAnswers: [FEED_MEDIA_TYPE],
  errors: [],
});
