import { expect, test } from 'vitest';
import { devices, importRows, imports } from '@/db/schema';
import { describeOnEachDatabase } from '@/db/testing/testDatabases';
import { readFeed } from '@/lib/server/feed/readFeed';
import { MemoryGallery } from '@/lib/server/gallery/memory/MemoryGallery';
import { encodingAt } from '@/lib/server/gallery/testing/samples';
import { DuplicateFinder } from '@/lib/server/people/duplicates/DuplicateFinder';
import { standing, writtenAfter } from '@/lib/server/people/duplicates/listDuplicates';
import { OutlierFinder, samplesCompared } from '@/lib/server/people/outliers';
import { createSample, deleteSample, updateSample } from '@/lib/server/people/samples/store';
import { createPerson, deletePerson, updatePerson } from '@/lib/server/people/store';
import { someSample } from '@/lib/server/testing/sample';
import { REVIEW_LIMIT, type ReviewKind } from '@/lib/shared/contract/review';
import { keepReviewItem } from './keepReviewItem';
import { duplicateItems, indexedItems } from './listReview';

const DAY_MS = 86_400_000;

describeOnEachDatabase('the review', (database) => {
  const subjects = async (kind: ReviewKind) =>
    (await indexedItems(database())).filter((item) => item.kind === kind).map(({ subject }) => subject);
  const poor = { score: 0.1, size: 20, sharpness: 0.1, presence: 1, pose: { yaw: 0, pitch: 0, roll: 0 } };

  test('asks about what is in need, and not again about what was left as it is', async () => {
    expect(await indexedItems(database())).toEqual([]);
    const one = await createPerson(database(), { name: 'One', consentGivenAt: new Date() });
    const sample = await createSample(database(), someSample({ personId: one.id, quality: poor }));
    const two = await createPerson(database(), { name: 'Two', consentGivenAt: new Date() });
    for (let i = 0; i < 2; i++) await createSample(database(), someSample({ personId: two.id }));
    expect(await indexedItems(database())).toMatchObject([
      { kind: 'poor', subject: String(sample.faceId), person: { name: 'One' }, face_ids: [sample.faceId], value: 0.1 },
      { kind: 'single', subject: String(one.id), person: { name: 'One' }, face_ids: [sample.faceId] },
    ]);
    const decision = { kind: 'poor', subject: String(sample.faceId) } as const;
    await keepReviewItem(database(), { ...decision, keep: true });
    await keepReviewItem(database(), { ...decision, keep: true });
    expect(await subjects('poor')).toEqual([]);
    expect(await subjects('single')).toEqual([String(one.id)]);
    await keepReviewItem(database(), { ...decision, keep: false });
    expect(await subjects('poor')).toEqual([String(sample.faceId)]);
    await deletePerson(database(), one.id);
    await deletePerson(database(), two.id);
  });

  test('consent: ending is asked about again when it was prolonged and ends again; missing only where it is kept', async () => {
    const soon = await createPerson(database(), { name: 'Soon', consentUntil: new Date(Date.now() + 10 * DAY_MS) });
    const late = await createPerson(database(), { name: 'Late', consentUntil: new Date(Date.now() - DAY_MS) });
    const far = await createPerson(database(), { consentUntil: new Date(Date.now() + 90 * DAY_MS) });
    const ending = (await indexedItems(database())).filter(({ kind }) => kind === 'consent_ending');
    expect(ending.map(({ person }) => person?.name)).toEqual(['Late', 'Soon']);
    // Consent is not recorded for anybody here.
    expect(await subjects('consent_missing')).toEqual([]);
    await keepReviewItem(database(), { kind: 'consent_ending', subject: ending[0]?.subject ?? '', keep: true });
    expect(await subjects('consent_ending')).toEqual([ending[1]?.subject]);
    await updatePerson(database(), late.id, { consentUntil: new Date(Date.now() - 60_000) });
    expect(await subjects('consent_ending')).toHaveLength(2);
    await updatePerson(database(), far.id, { consentGivenAt: new Date() });
    expect(await subjects('consent_missing')).toEqual([String(late.id), String(soon.id)]);
    for (const { id } of [soon, late, far]) await deletePerson(database(), id);
  });

  test('imports with failed rows, and devices that are silent or outdated', async () => {
    const [list] = await database().insert(imports).values({ name: 'list.csv', status: 'done' }).returning();
    const id = list?.id ?? 0;
    const row = (nth: number, status: 'failed' | 'enrolled') => ({ importId: id, row: nth, source: 'x', status });
    await database()
      .insert(importRows)
      .values([row(1, 'failed'), row(2, 'enrolled'), row(3, 'failed')]);
    const at = (hours: number) => new Date(Date.now() - hours * 3_600_000);
    const device = (name: string, more: object) => ({ name, pairedAt: at(100), lastContactAt: at(1), ...more });
    await database()
      .insert(devices)
      .values([
        device('Well', {}),
        device('Silent', { lastContactAt: at(48) }),
        device('Old', { outdatedSince: at(2) }),
        device('Gone', { lastContactAt: at(48), revokedAt: at(1) }),
      ]);
    const items = await indexedItems(database());
    expect(items.map(({ kind, name, value, outdated }) => [kind, name, value, outdated])).toEqual([
      ['device', 'Old', null, true],
      ['device', 'Silent', null, false],
      ['import', 'list.csv', 2, false],
    ]);
    for (const { kind, subject } of items) await keepReviewItem(database(), { kind, subject, keep: true });
    expect(await indexedItems(database())).toEqual([]);
    // The device had contact since, and is silent again.
    await database()
      .update(devices)
      .set({ lastContactAt: at(30) });
    expect(await subjects('device')).toHaveLength(2);
  });

  test('a list is cut off', async () => {
    for (let i = 0; i < REVIEW_LIMIT + 3; i++) {
      const { id } = await createPerson(database(), { name: `Many ${i}` });
      await createSample(database(), someSample({ personId: id }));
    }
    expect(await subjects('single')).toHaveLength(REVIEW_LIMIT);
  });

  test('two people who look alike are not asked about again once they were left as they are', async () => {
    const gallery = new MemoryGallery({ source: (page) => readFeed(database(), page) });
    try {
      const people = [];
      for (const [name, place] of [
        ['Ada', 1],
        ['Ada L.', 1.05],
      ] as const) {
        const { id } = await createPerson(database(), { name });
        await createSample(database(), someSample({ personId: id, encoding: encodingAt(place, 9) }));
        people.push(id);
      }
      const finder = new DuplicateFinder({ source: (page) => writtenAfter(database(), page), gallery, minTrust: 50 });
      while (!(await finder.advance(1_000)));
      const subject = people.join(' ');
      const asked = async () =>
        (await duplicateItems(database(), await standing(database(), finder, 200))).map((item) => item.subject);
      expect(await asked()).toContain(subject);
      await keepReviewItem(database(), { kind: 'duplicate', subject, keep: true });
      expect(await asked()).not.toContain(subject);
      await keepReviewItem(database(), { kind: 'duplicate', subject, keep: false });
      expect(await asked()).toContain(subject);
    } finally {
      await gallery.close();
    }
  });

  test('of somebody with many samples, only those that are compared are read', async () => {
    const { id } = await createPerson(database(), { name: 'Crowd' });
    const encoding = encodingAt(1, 9);
    for (let i = 0; i < 32; i++) await createSample(database(), someSample({ personId: id, encoding }));
    const compared = (await samplesCompared(database(), [id])).get(id);
    expect(compared).toHaveLength(30);
    expect(compared?.every(({ encoding }) => encoding.byteLength === 512)).toBe(true);
  });

  test('a sample unlike the others of its person is found, until it is moved, kept or deleted', async () => {
    const alike = () => new Float32Array(128).map(() => 0.1);
    const { id } = await createPerson(database(), { name: 'Mixed' });
    for (let i = 0; i < 3; i++) await createSample(database(), someSample({ personId: id, encoding: alike() }));
    const other = await createSample(
      database(),
      someSample({ personId: id, encoding: new Float32Array(128).map((_, i) => (i % 2 ? 0.1 : -0.1)) }),
    );
    const finder = new OutlierFinder(database());
    while (!(await finder.advance(1_000)));
    const none = () => false;
    expect(await finder.standing(10, none)).toMatchObject([{ faceId: other.faceId, personId: id }]);
    expect(await finder.standing(10, (faceId) => faceId === other.faceId)).toEqual([]);
    await updateSample(database(), other.faceId, { personId: null });
    expect(await finder.standing(10, none)).toEqual([]);
    await updateSample(database(), other.faceId, { personId: id });
    await finder.advance(1_000);
    expect(await finder.standing(10, none)).toHaveLength(1);
    await deleteSample(database(), other.faceId);
    expect(await finder.standing(10, none)).toEqual([]);
  });
});
