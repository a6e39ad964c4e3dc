import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import type { Database } from '@/db/client';
import { feed } from '@/db/schema';
import { describeOnEachDatabase } from '@/db/testing/testDatabases';
import { createSample } from '@/lib/server/people/samples/store';
import { someSample } from '@/lib/server/testing/sample';
import { readFeed } from './readFeed';
import { withFeed } from './withFeed';

const last = async (db: Database) => (await db.select().from(feed))[0]?.last;

describeOnEachDatabase('the numbers of the feed', (database) => {
  test('are Unix milliseconds', async () => {
    const before = Date.now();
    const { updatedAt } = await createSample(database(), someSample());
    expect(updatedAt).toBeGreaterThanOrEqual(before - 1);
    expect(updatedAt).toBeLessThanOrEqual(Date.now() + 1);
  });

  test('are unique and ascending with any number of writers', async () => {
    const samples = await Promise.all(Array.from({ length: 40 }, () => createSample(database(), someSample())));
    const numbers = samples.map((sample) => sample.updatedAt);
    expect(new Set(numbers).size).toBe(40);
    // Ids come from a sequence under the same lock, so both have the same order.
    const byId = samples.toSorted((a, b) => a.faceId - b.faceId).map((sample) => sample.updatedAt);
    expect(byId).toEqual(numbers.toSorted((a, b) => a - b));
  });

  test('keep ascending when the clock goes back', async () => {
    const ahead = Date.now() + 3_600_000;
    await database().update(feed).set({ last: ahead });
    expect((await createSample(database(), someSample())).updatedAt).toBe(ahead + 1);
    expect((await createSample(database(), someSample())).updatedAt).toBe(ahead + 2);
    await database().update(feed).set({ last: Date.now() });
  });

  test('are not visible after a failed write', async () => {
    const before = await last(database());
    const failed = withFeed(database(), async (tx, numbers) => {
      numbers.take(3);
      await tx.execute(sql`delete from samples`);
      throw new Error('on purpose');
    });
    await expect(failed).rejects.toThrow('on purpose');
    expect(await last(database())).toBe(before);
    expect((await readFeed(database(), { after: 0 })).faces.length).toBeGreaterThan(0);
  });

  test('are not consumed by a write that takes none', async () => {
    const before = await last(database());
    expect(await withFeed(database(), async () => 'done')).toBe('done');
    expect(await last(database())).toBe(before);
  });

  test.each([{ note: 'nul \0' }, { note: 'half \ud800' }, { 'nul \0': 1 }])(
    'text that PostgreSQL cannot keep is a bad request: %j',
    async (uniqueArgs) => {
      const created = createSample(database(), someSample({ uniqueArgs }));
      await expect(created).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    },
  );
});
