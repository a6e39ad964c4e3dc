import { encodingFromBytes } from '@kith/sdk';
import { describe, expect, test } from 'vitest';
import { images } from '@/db/schema';
import { describeOnEachDatabase } from '@/db/testing/testDatabases';
import { readFeed } from '@/lib/server/feed/readFeed';
import { getPerson, updatePerson } from '@/lib/server/people/store';
import { someSample } from '@/lib/server/testing/sample';
import { MODEL_ID } from '@/lib/shared/vision/types';
import { getPicture } from './pictures';
import {
  createSample,
  deleteSample,
  deleteSamples,
  getSample,
  getSamples,
  getSamplesOfPerson,
  requireSample,
  updateSample,
} from './store';

const picture = (...bytes: number[]) => ({ mime: 'image/jpeg', bytes: Uint8Array.from(bytes) });
const named = (user_id: string | number, user_name?: string) =>
  someSample({ uniqueArgs: user_name === undefined ? { user_id } : { user_id, user_name } });

describeOnEachDatabase('samples', (database) => {
  test('are kept whole', async () => {
    const sample = someSample({
      uniqueArgs: { dept: 'R&D', big: 1e300, text: 'ünï 😀', list: [1, { a: null }] },
      sourceUrl: 'https://example.org/ada.jpg',
      imageHash: 'ab12',
    });
    const created = await createSample(database(), sample);
    expect(created).toEqual({
      faceId: expect.any(Number),
      model: MODEL_ID,
      encoding: expect.any(Uint8Array),
      uniqueArgs: sample.uniqueArgs,
      position: sample.position,
      quality: sample.quality,
      sourceUrl: 'https://example.org/ada.jpg',
      imageHash: 'ab12',
      person: null,
      createdAt: expect.any(Date),
      updatedAt: expect.any(Number),
      duplicate: false,
    });
    expect(encodingFromBytes(created.encoding)).toEqual(sample.encoding);
    const { duplicate: _, ...kept } = created;
    expect(await getSample(database(), created.faceId)).toEqual(kept);
    expect(await getSamples(database(), [created.faceId, 1e9])).toEqual(new Map([[created.faceId, kept]]));
  });

  test('an encoding that is none is not kept', async () => {
    const encoding = new Float32Array(128).fill(Number.NaN);
    await expect(createSample(database(), someSample({ encoding }))).rejects.toThrow(/not finite/);
  });

  test('a data: URL is not kept', async () => {
    const created = await createSample(database(), someSample({ sourceUrl: 'data:image/png;base64,AAAA' }));
    expect(created.sourceUrl).toBeNull();
  });

  test.each([
    ['none', null, null],
    ['crop', 1, null],
    ['original', 1, 2],
  ] as const)('STORE_IMAGES=%s', async (storeImages, crop, original) => {
    const pictures = { crop: picture(1), original: picture(2) };
    const { faceId } = await createSample(database(), someSample({ pictures, storeImages }));
    expect((await getPicture(database(), faceId, 'crop'))?.bytes[0] ?? null).toBe(crop);
    expect((await getPicture(database(), faceId, 'original'))?.bytes[0] ?? null).toBe(original);
  });

  test('that are not there', async () => {
    const missing = { code: 'NOT_FOUND' };
    expect(await getSample(database(), 1e9)).toBeNull();
    await expect(requireSample(database(), 1e9)).rejects.toMatchObject(missing);
    await expect(updateSample(database(), 1e9, {})).rejects.toMatchObject(missing);
    await expect(deleteSample(database(), 1e9)).rejects.toMatchObject(missing);
    await expect(createSample(database(), someSample({ personId: 1e9 }))).rejects.toMatchObject(missing);
  });

  test('are erased with their pictures, and their ids not used again', async () => {
    const sample = await createSample(database(), someSample({ pictures: { crop: picture(1) } }));
    await deleteSample(database(), sample.faceId);
    expect(await getSample(database(), sample.faceId)).toBeNull();
    expect(await getPicture(database(), sample.faceId, 'crop')).toBeNull();
    await expect(deleteSample(database(), sample.faceId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await createSample(database(), someSample())).faceId).toBeGreaterThan(sample.faceId);
  });

  test('are erased together, those that are there', async () => {
    const one = await createSample(database(), someSample());
    const two = await createSample(database(), someSample());
    expect(await deleteSamples(database(), [two.faceId, 1e9, one.faceId])).toEqual([one.faceId, two.faceId]);
    const { deleted } = await readFeed(database(), { after: two.updatedAt });
    expect(deleted.map((gone) => gone.faceId)).toEqual([one.faceId, two.faceId]);
    expect(await deleteSamples(database(), [])).toEqual([]);
  });

  describe('a new picture', () => {
    test('replaces the encoding and the pictures, and keeps the attributes and the person', async () => {
      const before = await createSample(database(), {
        ...named('a', 'Ada'),
        pictures: { crop: picture(1), original: picture(2) },
        storeImages: 'original',
      });
      const face = someSample({ pictures: { crop: picture(3) }, imageHash: 'cd34' });
      const after = await updateSample(database(), before.faceId, { face });
      expect(after).toMatchObject({ uniqueArgs: before.uniqueArgs, person: before.person, imageHash: 'cd34' });
      expect(after.createdAt).toEqual(before.createdAt);
      expect(after.updatedAt).toBeGreaterThan(before.updatedAt);
      expect(encodingFromBytes(after.encoding)).toEqual(face.encoding);
      const kept = (await database().select().from(images)).filter((image) => image.sampleId === before.faceId);
      expect(kept.map(({ kind, bytes }) => [kind, bytes[0]])).toEqual([['crop', 3]]);
    });
  });

  describe('unique_args tie samples to people', () => {
    test('same user_id, same person, as text or number', async () => {
      const one = await createSample(database(), named(7, 'Ada'));
      const two = await createSample(database(), named('7'));
      expect(one.person).toEqual({ id: expect.any(Number), externalId: '7', name: 'Ada' });
      expect(two.person).toEqual(one.person);
      expect((await createSample(database(), named('07'))).person?.id).not.toBe(one.person?.id);
    });

    test('one person also when many samples of someone new come at once', async () => {
      const created = await Promise.all(
        Array.from({ length: 20 }, () => createSample(database(), named('rush', 'Rush'))),
      );
      expect(new Set(created.map((sample) => sample.person?.id)).size).toBe(1);
    });

    test('the newest user_name stands, and all samples carry it', async () => {
      const one = await createSample(database(), named('n', 'Old'));
      const two = await createSample(database(), named('n', 'New'));
      const { faces } = await readFeed(database(), { after: one.updatedAt });
      expect(faces.map((face) => [face.faceId, face.personName])).toEqual([
        [one.faceId, 'New'],
        [two.faceId, 'New'],
      ]);
    });

    test('user_name alone: the person of that name who has no external id', async () => {
      const withId = await createSample(database(), named('grace', 'Grace'));
      const one = await createSample(database(), someSample({ uniqueArgs: { user_name: 'Grace' } }));
      const two = await createSample(database(), someSample({ uniqueArgs: { user_name: ' Grace ' } }));
      expect(one.person?.id).not.toBe(withId.person?.id);
      expect(two.person).toEqual(one.person);
    });

    test('a person_id decides, and learns the user_id', async () => {
      const { person } = await createSample(database(), someSample({ uniqueArgs: { user_name: 'Kay' } }));
      const personId = person?.id ?? 0;
      const tied = await createSample(database(), someSample({ personId, uniqueArgs: { user_id: 'k1' } }));
      expect(tied.person).toEqual({ id: personId, externalId: 'k1', name: 'Kay' });
      const again = await createSample(database(), someSample({ personId, uniqueArgs: { user_id: 'k2' } }));
      expect(again.person).toEqual({ id: personId, externalId: 'k1', name: 'Kay' });
      expect((await createSample(database(), named('k2'))).person?.id).toBe(personId);
    });

    test("a person_id and someone else's user_id contradict each other", async () => {
      const one = await createSample(database(), named('c1'));
      await createSample(database(), named('c2'));
      const both = createSample(database(), { ...named('c2'), personId: one.person?.id });
      await expect(both).rejects.toMatchObject({ code: 'CONFLICT' });
    });

    test.each([{ user_id: { a: 1 } }, { user_id: 'x'.repeat(201) }, { user_name: ['Ada'] }])(
      'not by %j',
      async (uniqueArgs) => {
        const created = createSample(database(), someSample({ uniqueArgs }));
        await expect(created).rejects.toMatchObject({ code: 'BAD_REQUEST' });
      },
    );

    test('blank ones tie to nobody', async () => {
      const uniqueArgs = { user_id: ' ', user_name: null };
      expect((await createSample(database(), someSample({ uniqueArgs }))).person).toBeNull();
    });

    test('another user_id moves the sample', async () => {
      const sample = await createSample(database(), named('m1', 'Em'));
      const moved = await updateSample(database(), sample.faceId, { uniqueArgs: { user_id: 'm2' } });
      expect(moved.person).toEqual({ id: expect.any(Number), externalId: 'm2', name: null });
      expect(await getPerson(database(), sample.person?.id ?? 0)).toMatchObject({ name: 'Em', sampleCount: 0 });
    });

    test('the same user_id leaves a sample where it was moved by hand, and its attributes name who has it', async () => {
      const sample = await createSample(database(), named('h1', 'Hand'));
      const other = await createSample(database(), named('h2', 'Other'));
      const byHand = await updateSample(database(), sample.faceId, { personId: other.person?.id ?? 0 });
      expect(byHand.person?.externalId).toBe('h2');
      expect(byHand.uniqueArgs).toEqual({ user_id: 'h2', user_name: 'Other' });
      const updated = await updateSample(database(), sample.faceId, {
        uniqueArgs: { user_id: 'h1', user_name: 'Hannah', dept: 'sales' },
      });
      expect(updated.person).toEqual({ id: other.person?.id, externalId: 'h2', name: 'Other' });
      expect(updated.uniqueArgs).toEqual({ user_id: 'h2', user_name: 'Other', dept: 'sales' });
      // Moved back, and from then on as any other.
      const back = await updateSample(database(), sample.faceId, { personId: sample.person?.id ?? 0 });
      expect(back.uniqueArgs).toEqual({ user_id: 'h1', user_name: 'Hand', dept: 'sales' });
      const renamed = await updateSample(database(), sample.faceId, {
        uniqueArgs: { user_id: 'h1', user_name: 'Hannah' },
      });
      expect(renamed.person).toEqual({ id: sample.person?.id, externalId: 'h1', name: 'Hannah' });
    });

    test('attributes that name nobody leave the person', async () => {
      const sample = await createSample(database(), named('s1', 'Es'));
      const updated = await updateSample(database(), sample.faceId, { uniqueArgs: { dept: 'sales' } });
      expect(updated).toMatchObject({ person: sample.person, uniqueArgs: { dept: 'sales' } });
      expect((await updateSample(database(), sample.faceId, { personId: null })).person).toBeNull();
    });

    test("a person's samples", async () => {
      const one = await createSample(database(), named('p'));
      const two = await createSample(database(), named('p'));
      await createSample(database(), { ...named('p'), model: 'another' });
      const personId = one.person?.id ?? 0;
      expect((await getSamplesOfPerson(database(), personId)).map((sample) => sample.faceId)).toEqual([
        one.faceId,
        two.faceId,
      ]);
      expect(await getSamplesOfPerson(database(), 1e9)).toEqual([]);
    });

    test('a user_id that the person was given later is found', async () => {
      const { person } = await createSample(database(), someSample({ uniqueArgs: { user_name: 'Late' } }));
      await updatePerson(database(), person?.id ?? 0, { externalId: 'late' });
      expect((await createSample(database(), named('late'))).person?.id).toBe(person?.id);
    });
  });
});
