import { normalisedDistance } from '@kith/sdk';
import { expect, test } from 'vitest';
import { describeOnEachDatabase } from '@/db/testing/testDatabases';
import { readFeed } from '@/lib/server/feed/readFeed';
import { MemoryGallery } from '@/lib/server/gallery/memory/MemoryGallery';
import { encodingAt, insertPerson, insertSamples } from '@/lib/server/gallery/testing/samples';
import { deleteSample } from '@/lib/server/people/samples/store';
import { likeness } from '../samples/likeness';
import { mergePeople } from '../store';
import { DuplicateFinder } from './DuplicateFinder';
import { markDistinct } from './distinct';
import { standing, writtenAfter } from './listDuplicates';

describeOnEachDatabase('people who are probably one', (database) => {
  test('are found in portions, forgotten when merged, deleted or told apart', async () => {
    const db = database();
    const gallery = new MemoryGallery({ source: (page) => readFeed(db, page) });
    try {
      const ids: number[] = [];
      for (const name of ['Ada', 'Ada L.', 'Grace', 'Grace H.', 'Alan']) ids.push(await insertPerson(db, name));
      const [ada = 0, adaL = 0, grace = 0, graceH = 0, alan = 0] = ids;
      const faces = await insertSamples(db, [
        { personId: ada, encoding: encodingAt(1, 0) },
        { personId: adaL, encoding: encodingAt(1.05, 0) },
        { personId: grace, encoding: encodingAt(1, 1) },
        { personId: graceH, encoding: encodingAt(1.1, 1) },
        { personId: alan, encoding: encodingAt(1, 2) },
        { personId: null, encoding: encodingAt(1, 2) },
      ]);
      const finder = new DuplicateFinder({ source: (page) => writtenAfter(db, page), gallery, minTrust: 50 });
      expect(await finder.advance(0)).toBe(true);
      const pairs = await standing(db, finder, 10);
      expect(pairs.map(({ people }) => people.map(({ name }) => name))).toEqual([
        ['Ada', 'Ada L.'],
        ['Grace', 'Grace H.'],
      ]);
      const between = normalisedDistance(encodingAt(1, 0), encodingAt(1.05, 0));
      expect(pairs[0]).toMatchObject({ face_ids: [faces[0], faces[1]], distance: likeness(between).distance });
      expect(await standing(db, finder, 1)).toHaveLength(1);

      await markDistinct(db, graceH, grace);
      await markDistinct(db, grace, graceH);
      expect(await standing(db, finder, 10)).toHaveLength(1);
      await mergePeople(db, { from: adaL, into: ada });
      expect(await standing(db, finder, 10)).toEqual([]);

      // Another sample of someone known, and as quickly gone again.
      const [late = 0] = await insertSamples(db, [{ personId: alan, encoding: encodingAt(1.02, 0) }]);
      await finder.advance(0);
      expect((await standing(db, finder, 10)).map(({ people }) => people.map(({ name }) => name))).toEqual([
        ['Ada', 'Alan'],
      ]);
      await deleteSample(db, late);
      expect(await standing(db, finder, 10)).toEqual([]);
    } finally {
      await gallery.close();
    }
  });

  test('work is bounded: a call looks through one batch and goes on with the next', async () => {
    const db = database();
    const gallery = new MemoryGallery({ source: (page) => readFeed(db, page) });
    try {
      const person = await insertPerson(db, 'Many');
      await insertSamples(
        db,
        Array.from({ length: 120 }, (_, index) => ({ personId: person, encoding: encodingAt(1, index) })),
      );
      const finder = new DuplicateFinder({ source: (page) => writtenAfter(db, page), gallery, minTrust: 50 });
      let calls = 1;
      while (!(await finder.advance(0))) calls++;
      expect(calls).toBeGreaterThanOrEqual(3);
      expect(await finder.advance(0)).toBe(true);
    } finally {
      await gallery.close();
    }
  });

  test('telling apart needs two people who are there', async () => {
    const id = await insertPerson(database(), 'Only');
    await expect(markDistinct(database(), id, id + 1_000_000)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
