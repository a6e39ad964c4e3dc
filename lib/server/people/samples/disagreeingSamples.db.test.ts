import { expect, test } from 'vitest';
import { describeOnEachDatabase } from '@/db/testing/testDatabases';
import { encodingAt, insertPerson, insertSamples } from '@/lib/server/gallery/testing/samples';
import { someSample } from '@/lib/server/testing/sample';
import { disagreeingSamples } from './disagreeingSamples';
import { deleteSample, updateSample } from './store';

const statements: string[] = [];

describeOnEachDatabase(
  'disagreeing samples that are asked for again',
  (database) => {
    test('are compared again only where a sample of their person has changed', async () => {
      const db = database();
      const ana = await insertPerson(db, 'Ana');
      const ben = await insertPerson(db, 'Ben');
      const [one = 0, two = 0, wrong = 0, his = 0, hisOther = 0] = await insertSamples(db, [
        { personId: ana, encoding: encodingAt(1) },
        { personId: ana, encoding: encodingAt(1.1) },
        { personId: ana, encoding: encodingAt(1, 5) },
        { personId: ben, encoding: encodingAt(1, 7) },
        { personId: ben, encoding: encodingAt(1.1, 7) },
      ]);
      const all = [one, two, wrong, his, hisOther];
      const ask = async () => {
        statements.length = 0;
        const found = await disagreeingSamples(db, all);
        return { found: [...found], compared: statements.some((text) => /other_encoding/.test(text)) };
      };
      expect(await ask()).toEqual({ found: [wrong], compared: true });
      expect(await ask()).toEqual({ found: [wrong], compared: false });
      // Another picture, another person, a deletion: each is seen at once.
      await updateSample(db, wrong, { face: someSample({ encoding: encodingAt(1.05) }) });
      expect(await ask()).toEqual({ found: [], compared: true });
      await updateSample(db, wrong, { face: someSample({ encoding: encodingAt(1, 5) }) });
      expect((await ask()).found).toEqual([wrong]);
      await updateSample(db, wrong, { personId: ben });
      expect((await ask()).found).toEqual([wrong]);
      await updateSample(db, hisOther, { personId: null });
      expect((await ask()).found.toSorted()).toEqual([wrong, his].toSorted());
      await deleteSample(db, wrong);
      expect(await ask()).toMatchObject({ found: [] });
      expect(await ask()).toEqual({ found: [], compared: false });
    });
  },
  undefined,
  { onQuery: (text) => statements.push(text) },
);
