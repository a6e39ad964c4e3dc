import { normalisedDistance } from '@kith/sdk';
import { expect, test } from 'vitest';
import { describeOnEachDatabase } from '@/db/testing/testDatabases';
import { createSample } from '@/lib/server/people/samples/store';
import { someSample } from '@/lib/server/testing/sample';
import { acceptedPart, BIN } from '@/lib/shared/trust/histogram';
import { galleryDistances } from './galleryDistances';

const unit = (values: number[]) => {
  const length = Math.hypot(...values);
  return Float32Array.from(values, (value) => value / length);
};
const somewhere = () => unit(Array.from({ length: 128 }, () => Math.random() - 0.5));
const near = (encoding: Float32Array) => Float32Array.from(encoding, (value) => value + (Math.random() - 0.5) * 0.04);

describeOnEachDatabase('distances of the own gallery', (database) => {
  test('an empty gallery has none', async () => {
    const { same, different } = await galleryDistances(database());
    expect([same.pairs, different.pairs]).toEqual([0, 0]);
    expect(acceptedPart(same, 0.5)).toBeNull();
  });

  test('counts every pair of a small gallery, at its distance; what belongs to nobody is left out', async () => {
    const kept: { person: number; encoding: Float32Array }[] = [];
    for (let person = 0; person < 6; person++) {
      const centre = somewhere();
      for (let n = 0; n < 3; n++) {
        const encoding = near(centre);
        kept.push({ person, encoding });
        await createSample(database(), someSample({ encoding, uniqueArgs: { user_id: `p${person}` } }));
      }
    }
    await createSample(database(), someSample());
    const { same, different } = await galleryDistances(database());
    expect(same.pairs).toBe(6 * 3);
    expect(different.pairs).toBe((18 * 17) / 2 - 18);
    const inBin = (bin: number, sameWanted: boolean) =>
      kept
        .flatMap((one, index) => kept.slice(index + 1).map((other) => ({ one, other })))
        .filter(
          ({ one, other }) =>
            (one.person === other.person) === sameWanted &&
            Math.floor(normalisedDistance(one.encoding, other.encoding) / BIN) === bin,
        ).length;
    expect(same.bins).toEqual(same.bins.map((_, bin) => inBin(bin, true)));
    expect(different.bins.slice(0, -1)).toEqual(different.bins.slice(0, -1).map((_, bin) => inBin(bin, false)));
    expect(acceptedPart(same, 0.6)).toBe(1);
    expect(acceptedPart(different, 0.6)).toBe(0);
  });

  test('looks at a bounded part of a larger one', async () => {
    for (let n = 0; n < 550; n++)
      await createSample(database(), someSample({ uniqueArgs: { user_id: `q${n % 270}` } }));
    const { same, different } = await galleryDistances(database());
    expect(same.pairs).toBeGreaterThan(10);
    expect(same.pairs).toBeLessThanOrEqual(150 * 28);
    expect(different.pairs).toBeGreaterThan(1_000);
    expect(different.pairs).toBeLessThanOrEqual(20_000);
  });
});
