import { FEED_MEDIA_TYPE } from '@kith/sdk';
import { z } from 'zod';
import { faceEncoding, faceId, feedNumber, integer, personId, uniqueArgs } from './fields';
import { operation } from './operation';

export const DEFAULT_FEED_LIMIT = 1_000;
export const MAX_FEED_LIMIT = 10_000;

export const syncFaces = operation({
  id: 'syncFaces',
  method: 'get',
  path: '/faces/sync',
  tag: 'Feed',
  summary: 'Read the change feed',
  description:
    'Everything that changed after `last_updated_at`, oldest first; 0 or absent starts from the beginning. `limit` counts samples and tombstones together. When `reset` is true the number asked for was never given out by this server (a restored database): forget everything you have, this page is the first from 0.',
  scope: 'sync',
  query: z.object({
    last_updated_at: integer({ min: 0, max: Number.MAX_SAFE_INTEGER }).default(0),
    limit: integer({ min: 1, max: MAX_FEED_LIMIT }).default(DEFAULT_FEED_LIMIT),
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
          })
          .meta({ id: 'FeedFace' }),
      ),
      deleted: z.array(z.object({ faceId, updatedAt: feedNumber }).meta({ id: 'FeedTombstone' })),
      lastUpdatedAt: feedNumber.meta({ description: 'What to ask with next.' }),
      hasMore: z.boolean(),
      model: z.string().meta({ description: 'Encodings of different models are never compared.' }),
      reset: z.boolean(),
    })
    .meta({ id: 'FeedPage' }),
  alsoAnswers: [FEED_MEDIA_TYPE],
  errors: [],
});
