import { expect, test } from 'vitest';
import { describeOnEachDatabase } from '@/db/testing/testDatabases';
import { readFeed } from './readFeed';

describeOnEachDatabase('the feed', (database) => {
  test('starts empty', async () => {
    expect(await readFeed(database(), { after: 0 })).toMatchObject({
      faces: [],
      deleted: [],
      lastUpdatedAt: 0,
      hasMore: false,
      reset: false,
    });
  });
});
