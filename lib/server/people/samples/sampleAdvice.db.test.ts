import { CROWDING_COEFFICIENTS } from '@kith/sdk';
import { expect, test } from 'vitest';
import { describeOnEachDatabase } from '@/db/testing/testDatabases';
import { encodingAt, insertPerson, insertSamples } from '@/lib/server/gallery/testing/samples';
import { type Caller, THE_SERVER } from '@/lib/server/people/ownership';
import { disagreeingSamples } from './disagreeingSamples';
import { sampleAdvice } from './sampleAdvice';
import { deleteSample, getSample } from './store';

/** Crowded, and so near to the next one that both are the same person. */
const crowded = (offset: number) =>
  Float32Array.from(CROWDING_COEFFICIENTS.linear, (value, i) => value * 0.8 + (i === 0 ? offset : 0));

describeOnEachDatabase('what is said of a new sample', (database) => {
  const advise = async (faceId: number, caller = THE_SERVER) => {
    const sample = await getSample(database(), faceId);
    if (!sample) throw new Error(`there is no sample ${faceId}`);
    return sampleAdvice(database(), sample, caller);
  };

  test('it disagrees when fewer than half of the others support it; one alone never does', async () => {
    const db = database();
    const ana = await insertPerson(db, 'Ana');
    const ben = await insertPerson(db, 'Ben');
    const [first = 0, second = 0, wrong = 0, alone = 0, nobodys = 0] = await insertSamples(db, [
      { personId: ana, encoding: encodingAt(1) },
      { personId: ana, encoding: encodingAt(1.1) },
      { personId: ana, encoding: encodingAt(1, 5) },
      { personId: ben, encoding: encodingAt(1, 7) },
      { personId: null, encoding: encodingAt(1, 9) },
    ]);
    expect(await advise(wrong)).toMatchObject({ disagrees: true });
    for (const faceId of [first, second, alone, nobodys])
      expect(await advise(faceId)).toMatchObject({ disagrees: false });
    const all = [first, second, wrong, alone, nobodys, 1_000_000];
    expect(await disagreeingSamples(db, all)).toEqual(new Set([wrong]));
    expect(await disagreeingSamples(db, [])).toEqual(new Set());
    // What was wrong is gone: nothing is said any more.
    await deleteSample(db, wrong);
    expect(await disagreeingSamples(db, all)).toEqual(new Set());
  });

  test('who many people look like should get more samples, until there are four', async () => {
    const db = database();
    const person = await insertPerson(db, 'Crowded');
    for (const wanted of [3, 2, 1, 0]) {
      const [faceId = 0] = await insertSamples(db, [{ personId: person, encoding: crowded(wanted / 100) }]);
      expect(await advise(faceId)).toEqual({ disagrees: false, more_samples: wanted });
    }
  });

  test('a caller who may see only their own is told nothing of samples that others added', async () => {
    const db = database();
    const person = await insertPerson(db, 'Shared');
    const [, wrong = 0] = await insertSamples(db, [
      { personId: person, encoding: encodingAt(1) },
      { personId: person, encoding: encodingAt(1, 5) },
    ]);
    const stranger: Caller = { id: 'key:7', onlyOwn: true };
    expect(await advise(wrong)).toMatchObject({ disagrees: true });
    expect(await advise(wrong, stranger)).toMatchObject({ disagrees: false });
  });
});
