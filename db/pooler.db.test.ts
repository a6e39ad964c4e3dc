import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readFeed } from '@/lib/server/feed/readFeed';
import { createSample } from '@/lib/server/people/samples/store';
import { someSample } from '@/lib/server/testing/sample';
import { connect } from './client';
import { type Pooler, startPooler } from './testing/pooler';
import { createPostgresDatabase } from './testing/testDatabases';

/** Number of functions that start at once, each with its own pool, as on Vercel. */
const FUNCTIONS = 5;

describe('behind a pooler that hands out connections by transaction', () => {
  let database: Awaited<ReturnType<typeof createPostgresDatabase>>;
  let pooler: Pooler;
  beforeAll(async () => {
    database = await createPostgresDatabase({ migrated: false });
    // Fewer than the functions need.
    pooler = await startPooler(database.url, 3);
  });
  afterAll(async () => {
    await pooler.stop();
    await database.drop();
  });

  test('functions migrate an empty database once, write and read the feed', async () => {
    const url = `${pooler.url}?pgbouncer=true&channel_binding=prefer`;
    const connections = await Promise.all(Array.from({ length: FUNCTIONS }, () => connect({ url, poolSize: 2 })));
    await Promise.all(
      connections.flatMap(({ db }, index) =>
        [0, 1, 2].map((step) => createSample(db, someSample({ uniqueArgs: { user_id: `${index}`, step } }))),
      ),
    );
    const pages = await Promise.all(connections.map(({ db }) => readFeed(db, { after: 0 })));
    for (const { faces } of pages) {
      expect(faces).toHaveLength(FUNCTIONS * 3);
      expect(new Set(faces.map(({ updatedAt }) => updatedAt)).size).toBe(FUNCTIONS * 3);
    }
    await Promise.all(connections.map(({ close }) => close()));
  });
});
