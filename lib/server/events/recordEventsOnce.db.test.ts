import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { events } from '@/db/schema';
import { describeOnEachDatabase } from '@/db/testing/testDatabases';
import { listGroups } from '@/lib/server/people/groups/store';
import { THE_SERVER } from '@/lib/server/people/ownership';
import { createSample } from '@/lib/server/people/samples/store';
import { someSample } from '@/lib/server/testing/sample';
import { recordEvents } from './recordEvents';

const statements: string[] = [];

describeOnEachDatabase(
  'recording for a sender that is limited to groups',
  (database) => {
    test('reads samples and candidates in one query, and locks nobody who is only a candidate', async () => {
      const db = database();
      const sampleIn = (group: string, user_name: string) =>
        createSample(db, someSample({ uniqueArgs: { user_name }, groups: [group] }));
      const ada = await sampleIn('In', 'Ada');
      const ann = await sampleIn('In', 'Ann');
      const bob = await sampleIn('Out', 'Bob');
      const [group] = await listGroups(db, { search: 'In', caller: THE_SERVER });
      const candidates = [ada, ann, bob].map(({ faceId }) => ({ faceId, trust: 60, distance: 0.5 }));
      const at = new Date();
      const event = {
        id: randomUUID(),
        at,
        faceId: ada.faceId,
        personId: null,
        trust: 60,
        liveness: 'off' as const,
        candidates,
      };
      statements.length = 0;
      const recorded = await recordEvents(db, { deviceId: null, groups: [Number(group?.id)], events: [event] });
      expect(recorded).toMatchObject({ accepted: 1, rejected: [] });
      expect(statements.filter((text) => /from "samples" where "samples"."id" in/.test(text))).toHaveLength(1);
      const [lock] = statements.filter((text) => /from "people"[\s\S]*for key share/.test(text));
      expect(lock).toMatch(/"people"."id" in \(\$1\)/);
      const [kept] = await db.select().from(events).where(eq(events.id, event.id));
      expect(kept).toMatchObject({ personId: ada.person?.id, faceId: ada.faceId });
      expect(kept?.candidates.map(({ faceId }) => faceId)).toEqual([ada.faceId, ann.faceId]);
    });
  },
  undefined,
  { onQuery: (text) => statements.push(text) },
);
