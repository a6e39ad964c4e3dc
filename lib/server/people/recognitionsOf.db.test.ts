import { expect, test } from 'vitest';
import { describeOnEachDatabase } from '@/db/testing/testDatabases';
import { recordEvents } from '@/lib/server/events/recordEvents';
import { insertPerson } from '@/lib/server/gallery/testing/samples';
import { DAY_MS } from '@/lib/shared/contract/days';
import { recognitionsOf } from './recognitionsOf';

describeOnEachDatabase('recognitions of a person', (database) => {
  test('are counted by day, without gaps, and only theirs', async () => {
    const [ada, grace] = [await insertPerson(database(), 'Ada'), await insertPerson(database(), 'Grace')];
    const now = Date.now();
    const seen = (personId: number, daysAgo: number) => ({
      id: crypto.randomUUID(),
      at: new Date(now - daysAgo * DAY_MS),
      faceId: null,
      personId,
      trust: 90,
      liveness: 'off' as const,
    });
    await recordEvents(database(), {
      deviceId: null,
      events: [seen(ada, 0), seen(ada, 3), seen(ada, 3), seen(ada, 40), seen(grace, 1)],
    });
    const days = await recognitionsOf(database(), ada);
    expect(days).toHaveLength(30);
    expect(days.at(-1)?.day).toBe(new Date(now).toISOString().slice(0, 10));
    expect(days.at(-1)?.known).toBe(1);
    expect(days.at(-4)?.known).toBe(2);
    expect(days.reduce((sum, { known }) => sum + known, 0)).toBe(3);
  });
});
