import { beforeEach, expect, test } from 'vitest';
import { describeOnEachDatabase } from '@/db/testing/testDatabases';
import { listPeople } from '@/lib/server/people/listPeople';
import { createSample, updateSample } from '@/lib/server/people/samples/store';
import { createPerson } from '@/lib/server/people/store';
import { someSample } from '@/lib/server/testing/sample';
import { ImportRun } from './ImportRun';
import { addRows, listRows } from './store';

const statements: string[] = [];
const feedLocks = () => statements.filter((text) => /for update of feed/.test(text)).length;
const peopleLookedUp = () => statements.filter((text) => /from "people" where .*"people"."name" in/.test(text)).length;

describeOnEachDatabase(
  'rows whose samples exist',
  (database) => {
    // Of a host each, because a claim takes only a few rows of one host.
    const rows = Array.from({ length: 20 }, (_, i) => ({
      source: `https://pictures${i}.example/face.jpg`,
      attributes: { user_name: `P${i}` },
    }));
    const run = () => new ImportRun({ db: database(), lookingAtOnce: 1, isOver: () => false }).run();
    const importing = (groups: string[], some = rows) =>
      addRows(database(), { name: 'test', start: true, rows: some.map((row) => ({ ...row, groups })) });
    beforeEach(async () => {
      const { people } = await listPeople(database(), {});
      if (people.length > 0) return;
      for (const { source, attributes } of rows) {
        await createSample(database(), someSample({ sourceUrl: source, uniqueArgs: attributes }));
      }
    });

    test('join their groups in one write for all of a claim', async () => {
      const importId = await importing(['Staff']);
      statements.length = 0;
      expect(await run()).toEqual({ enrolled: 0, duplicate: 20, failed: 0 });
      expect(feedLocks()).toBe(1);
      expect(peopleLookedUp()).toBe(0);
      const { people } = await listPeople(database(), { limit: 200 });
      expect(people.map(({ groups }) => groups)).toEqual(Array(20).fill(['Staff']));
      const outcome = await listRows(database(), importId, { after: 0, limit: 50 });
      expect(new Set(outcome.map(({ status, face_id }) => `${status} ${face_id !== null}`))).toEqual(
        new Set(['duplicate true']),
      );
    });

    test('do not lock the feed without groups', async () => {
      await importing([]);
      statements.length = 0;
      expect(await run()).toEqual({ enrolled: 0, duplicate: 20, failed: 0 });
      expect(feedLocks()).toBe(0);
    });

    test('look up people only for samples that were moved', async () => {
      const importId = await importing([]);
      await run();
      const [first] = await listRows(database(), importId, { after: 0, limit: 1 });
      const bob = await createPerson(database(), { name: 'Bob' });
      await updateSample(database(), Number(first?.face_id), { personId: bob.id });
      const [moved, ...others] = rows;
      await importing(['Night'], [{ source: String(moved?.source), attributes: { user_name: 'Bob' } }, ...others]);
      statements.length = 0;
      expect(await run()).toEqual({ enrolled: 0, duplicate: 20, failed: 0 });
      expect(peopleLookedUp()).toBe(1);
      const { people } = await listPeople(database(), { limit: 200 });
      const night = people.filter(({ groups }) => groups.includes('Night')).map(({ name }) => name);
      expect(night).toHaveLength(20);
      expect(night).toContain('Bob');
      expect(night).not.toContain('P0');
    });
  },
  undefined,
  { onQuery: (text) => statements.push(text) },
);
