import { CROWDING_COEFFICIENTS, distance, normalisedDistance, trust } from '@kith/sdk';
import { expect, test } from 'vitest';
import type { Database } from '@/db/client';
import { events, people } from '@/db/schema';
import { describeOnEachDatabase } from '@/db/testing/testDatabases';
import { averageFace } from '@/lib/server/demo/averageFace';
import { seededNormal, seededUniform } from '@/lib/server/demo/seededNormal';
import { readFeed } from '@/lib/server/feed/readFeed';
import { MemoryGallery } from '@/lib/server/gallery/memory/MemoryGallery';
import { encodingAt, insertPerson, insertSamples } from '@/lib/server/gallery/testing/samples';
import { deletePerson } from '@/lib/server/people/store';
import { readAccuracy } from '@/lib/shared/contract/accuracy';
import { markDistinct } from '../duplicates/distinct';
import { AccuracySurvey } from './AccuracySurvey';
import { accuracyAnswer } from './readAccuracy';

/** A face `apart` from the average one, in a random direction. */
function faceNear(normal: () => number, apart: number, around = averageFace(0.037)): Float32Array {
  const direction = Float32Array.from({ length: 128 }, normal);
  const length = distance(direction, new Float32Array(128));
  return Float32Array.from(around, (value, i) => value + ((direction[i] as number) / length) * apart);
}

async function surveyed(db: Database, gallery: MemoryGallery): Promise<AccuracySurvey> {
  const survey = new AccuracySurvey({ db, gallery, random: seededUniform(3) });
  let calls = 0;
  while (!survey.isComplete && calls++ < 1_000) await survey.advance(0);
  return survey;
}

async function record(
  db: Database,
  trusts: number[],
  personId: number | null,
  at = new Date(),
  corrected = false,
): Promise<void> {
  await db.insert(events).values(
    trusts.map((trust) => ({
      id: crypto.randomUUID(),
      at,
      deviceAt: at,
      personId,
      trust,
      corrected,
      liveness: 'off' as const,
    })),
  );
}

describeOnEachDatabase('accuracy of the own people', (database) => {
  const withGallery = async (work: (db: Database, gallery: MemoryGallery) => Promise<void>) => {
    const db = database();
    const gallery = new MemoryGallery({ source: (page) => readFeed(db, page) });
    try {
      await work(db, gallery);
    } finally {
      await gallery.close();
    }
  };

  test('counts strangers, finds the closest pairs and doubtful samples, and says what a change would have done', () =>
    withGallery(async (db, gallery) => {
      const empty = await accuracyAnswer(db, await surveyed(db, gallery), 50);
      expect(empty).toMatchObject({ people: 0, compared: 0, complete: true, closest: [], doubtful: [] });
      expect(empty.now.strangers).toBeNull();
      expect(empty.suggestions.map(({ trust }) => trust)).toEqual([null, null, null]);

      const normal = seededNormal(7);
      const faces: Float32Array[] = [];
      const ids: number[] = [];
      for (let i = 0; i < 60; i++) {
        ids.push(await insertPerson(db, `Person ${i}`));
        faces.push(faceNear(normal, 0.42));
      }
      // Somebody without samples, and a face of nobody: neither is a stranger, nor somebody to be taken for.
      await insertPerson(db, 'Without samples');
      const faceIds = await insertSamples(db, [
        ...faces.map((encoding, i) => ({ personId: ids[i] as number, encoding })),
        { personId: null, encoding: faceNear(normal, 0.01, faces[5]) },
      ]);
      const survey = await surveyed(db, gallery);
      const answer = await accuracyAnswer(db, survey, 50);
      expect(answer).toMatchObject({
        people: 61,
        compared: 60,
        single: 60,
        complete: true,
        progress: 1,
        match_trust: 50,
      });

      readAccuracy.answer.parse(answer);

      // What brute force says.
      const nearest = faces.map((one, i) =>
        Math.min(...faces.filter((_, j) => j !== i).map((other) => normalisedDistance(one, other))),
      );
      for (const threshold of answer.thresholds) {
        expect(threshold.seen).toBe(nearest.filter((value) => trust(value) >= threshold.trust).length);
      }
      const parts = answer.thresholds.map(({ strangers }) => strangers as number);
      expect(parts).toEqual(parts.toSorted((a, b) => b - a));
      const least = nearest.indexOf(Math.min(...nearest));
      expect(answer.closest[0]?.people.map(({ person_id }) => person_id)).toContain(ids[least]);
      expect(answer.closest[0]?.likely_one).toBe(false);
      expect(answer.suggestions.map(({ one_in }) => one_in)).toEqual([100, 1_000, 10_000]);
      const at100 = answer.suggestions[0]?.trust as number;
      expect(answer.thresholds.find(({ trust }) => trust >= at100)?.strangers).toBeLessThanOrEqual(0.01);

      // Somebody enrolled twice counts among the pairs, but makes no stranger accepted until they are said to be two.
      const twin = await insertPerson(db, 'Person 0 again');
      const [twinFace = 0] = await insertSamples(db, [{ personId: twin, encoding: faceNear(normal, 0.2, faces[0]) }]);
      const doubled = await accuracyAnswer(db, await surveyed(db, gallery), 50);
      expect(doubled.closest[0]).toMatchObject({ likely_one: true });
      expect(new Set(doubled.closest[0]?.face_ids)).toEqual(new Set([faceIds[0], twinFace]));
      const seenAt99 = (given: typeof answer) => given.thresholds.find((each) => each.trust === 99)?.seen ?? -1;
      expect(seenAt99(doubled)).toBe(seenAt99(answer));
      await markDistinct(db, twin, ids[0] as number);
      const apart = await accuracyAnswer(db, await surveyed(db, gallery), 50);
      expect(apart.closest[0]).toMatchObject({ likely_one: false });
      expect(seenAt99(apart)).toBe(seenAt99(answer) + 2);

      // Erased since the survey: not shown any more.
      const stale = await surveyed(db, gallery);
      expect(await stale.isOutdated()).toBe(false);
      await deletePerson(db, twin);
      expect(await stale.isOutdated()).toBe(true);
      const standing = await accuracyAnswer(db, stale, 50);
      expect(standing.compared).toBe(60);
      expect(standing.closest.flatMap(({ people }) => people.map(({ person_id }) => person_id))).not.toContain(twin);

      // A sample of somebody else.
      const [wrong = 0] = await insertSamples(db, [{ personId: ids[1] as number, encoding: faceNear(normal, 0.6) }]);
      const doubtful = (await accuracyAnswer(db, await surveyed(db, gallery), 50)).doubtful;
      const person1 = doubtful.find(({ person }) => person.person_id === ids[1]);
      expect(person1).toMatchObject({ looked_at: 2 });
      expect(person1?.disagreeing).toContain(wrong);

      await record(db, [51, 60.05, 99.5], ids[2] as number);
      await record(db, [10, 45, 49.95], null);
      await record(db, [55], ids[2] as number, new Date(Date.now() - 31 * 86_400_000));
      const { recent, thresholds } = await accuracyAnswer(db, survey, 50);
      expect(recent).toEqual({ days: 30, known: 3, unknown: 3, whole: true });
      const effect = (at: number) => thresholds.find((each) => each.trust === at);
      expect(effect(60)).toMatchObject({ lost: 1, gained: 0 });
      expect(effect(99.5)).toMatchObject({ lost: 2, gained: 0 });
      expect(effect(99.9)).toMatchObject({ lost: 3 });
      expect(effect(45)).toMatchObject({ lost: 0, gained: 2 });
      expect(effect(1)).toMatchObject({ gained: 3 });

      // Whoever was corrected to somebody was not recognised by trust; and hundredths are told apart.
      await record(db, [20], ids[2] as number, new Date(), true);
      await record(db, [99.95, 99.995], null, new Date(), true);
      await record(db, [99.95, 99.99], ids[2] as number);
      const later = await accuracyAnswer(db, survey, 50);
      expect(later.recent).toMatchObject({ known: 5, unknown: 3 });
      expect(later.thresholds.find((each) => each.trust === 99.9)).toMatchObject({ lost: 3 });
      expect(later.thresholds.find((each) => each.trust === 99.99)).toMatchObject({ lost: 4 });
    }));

  test('who many people look like is told to add samples', () =>
    withGallery(async (db, gallery) => {
      // Along the axis that crowding rises with most.
      const id = await insertPerson(db, 'Crowded');
      const encoding = Float32Array.from(CROWDING_COEFFICIENTS.linear, (value) => value * 0.8);
      await insertSamples(db, [
        { personId: id, encoding },
        { personId: await insertPerson(db, 'Not'), encoding: encodingAt(0) },
      ]);
      const { doubtful } = await accuracyAnswer(db, await surveyed(db, gallery), 50);
      expect(doubtful.map(({ person, more_samples }) => [person.name, more_samples])).toContainEqual(['Crowded', 3]);
      expect(doubtful.map(({ person }) => person.name)).not.toContain('Not');
    }));

  test('looks at a thousand people of a larger gallery, a portion a call', () =>
    withGallery(async (db, gallery) => {
      const names = Array.from({ length: 1_100 }, (_, i) => ({ name: `Many ${i}` }));
      const inserted = await db.insert(people).values(names).returning({ id: people.id });
      const normal = seededNormal(11);
      await insertSamples(
        db,
        inserted.map(({ id }) => ({ personId: id, encoding: faceNear(normal, 0.42) })),
      );
      const survey = new AccuracySurvey({ db, gallery, random: seededUniform(5) });
      await survey.advance(0);
      expect(survey.isComplete).toBe(false);
      expect(survey.progress).toBeGreaterThan(0);
      expect(survey.progress).toBeLessThan(0.1);
      const partial = await accuracyAnswer(db, survey, 50);
      expect(partial).toMatchObject({ complete: false });
      while (!survey.isComplete) await survey.advance(1_000);
      expect(survey.found.length).toBeGreaterThan(600);
      expect(survey.found.length).toBeLessThanOrEqual(1_000);
    }));
});
