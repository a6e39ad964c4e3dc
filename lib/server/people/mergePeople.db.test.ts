import { expect, test } from 'vitest';
import { describeOnEachDatabase } from '@/db/testing/testDatabases';
import { readFeed } from '@/lib/server/feed/readFeed';
import { someSample } from '@/lib/server/testing/sample';
import { createSample } from './samples/store';
import { createPerson, getPeople, mergePeople } from './store';

const statements: string[] = [];

describeOnEachDatabase(
  'merging people',
  (database) => {
    test('gives the samples new numbers once, also where the person joins groups', async () => {
      const db = database();
      const into = await createPerson(db, { name: 'Ada', groups: ['Day'] });
      const from = await createPerson(db, { name: 'Ada L.', groups: ['Night'] });
      for (const { id } of [into, from]) await createSample(db, someSample({ personId: id }));
      const { lastUpdatedAt: after } = await readFeed(db, { after: 0 });
      statements.length = 0;
      expect(await mergePeople(db, { from: from.id, into: into.id })).toMatchObject({ groups: ['Day', 'Night'] });
      expect(statements.filter((text) => /update samples set updated_at/.test(text))).toHaveLength(1);
      const { faces } = await readFeed(db, { after });
      expect(faces.map(({ personId }) => personId)).toEqual([into.id, into.id]);
    });

    test('those of the people that exist are read by their ids, each once', async () => {
      const db = database();
      const { id } = await createPerson(db, { name: 'Bob' });
      expect([...(await getPeople(db, [id, id, 1e9]))].map(([key, { name }]) => [key, name])).toEqual([[id, 'Bob']]);
      expect(await getPeople(db, [])).toEqual(new Map());
    });
  },
  undefined,
  { onQuery: (text) => statements.push(text) },
);
