import { describe, expect, test } from 'vitest';
import { crowding, LEAST_CROWDING, MOST_CROWDING, normalisedDistance } from '../crowding.ts';
import { distance } from '../distance.ts';
import { EncodingError } from '../encoding.ts';
import { crowdedEncoding, randomEncoding, seededRandom } from '../testing/encodings.ts';
import { ExactMatcher } from './ExactMatcher.ts';
import type { Match } from './types.ts';

interface Sample {
  faceId: number;
  personId: number | null;
  encoding: Float32Array;
}

/** The matcher's contract as a straightforward implementation. */
function plainSearch(samples: Iterable<Sample>, probe: Float32Array, limit: number): Match[] {
  const best = new Map<string, Match>();
  for (const { faceId, personId, encoding } of samples) {
    const match = { faceId, personId, distance: normalisedDistance(probe, encoding) };
    const identity = personId === null ? `face ${faceId}` : `person ${personId}`;
    const other = best.get(identity);
    if (!other || byDistance(match, other) < 0) best.set(identity, match);
  }
  return [...best.values()].sort(byDistance).slice(0, limit);
}

function byDistance(a: Match, b: Match): number {
  return a.distance - b.distance || a.faceId - b.faceId;
}

/** Samples as in a real gallery: people with several similar ones, strangers, and duplicate encodings. */
function* gallery(count: number, random: () => number): Generator<Sample> {
  let centre = randomEncoding(random);
  let personId = 0;
  let last = centre;
  for (let faceId = 1; faceId <= count; faceId++) {
    if (random() < 0.3) {
      centre = randomEncoding(random);
      personId++;
    }
    const stranger = random() < 0.2;
    last = random() < 0.1 ? last : stranger ? randomEncoding(random) : randomEncoding(random, 0.05, centre);
    yield { faceId, personId: stranger || personId === 0 ? null : personId, encoding: last };
  }
}

function fill(matcher: ExactMatcher, samples: Iterable<Sample>): ExactMatcher {
  for (const { faceId, personId, encoding } of samples) matcher.upsert(faceId, personId, encoding);
  return matcher;
}

/** Probes: one near a sample, a sample itself, and a stranger. */
function probesFor(samples: readonly Sample[], random: () => number): Float32Array[] {
  const pick = () => (samples[Math.floor(random() * samples.length)] as Sample).encoding;
  return [randomEncoding(random, 0.05, pick()), pick(), randomEncoding(random), randomEncoding(random, 2)];
}

describe.each([
  ['WebAssembly', true],
  ['JavaScript', false],
])('in %s', (_, simd) => {
  test('with groups, it finds exactly the samples in any of them, after changes too', () => {
    const random = seededRandom(11);
    const matcher = new ExactMatcher({ simd });
    const samples = [...gallery(5_000, random)];
    const groupsOf = ({ faceId }: Sample) => [
      ...(faceId % 2 === 0 ? [7] : []),
      ...(faceId % 400 === 0 ? [8] : []),
      ...(faceId % 3 === 0 ? [9, 7] : []),
    ];
    for (const sample of samples) matcher.upsert(sample.faceId, sample.personId, sample.encoding, groupsOf(sample));
    // Rows move, and samples of other groups, or of none, reuse them.
    const gone = samples.filter(({ faceId }) => faceId % 5 === 0);
    for (const { faceId } of gone) matcher.remove(faceId);
    const moved = gone.slice(0, 300).map((sample) => ({ ...sample, faceId: sample.faceId + 100_000 }));
    for (const { faceId, personId, encoding } of moved) matcher.upsert(faceId, personId, encoding);
    const kept = samples.filter((sample) => !gone.includes(sample));
    for (const probe of probesFor(kept, random)) {
      for (const groups of [[7], [8], [9], [8, 9], [1], []]) {
        const within = kept.filter((sample) => groupsOf(sample).some((group) => groups.includes(group)));
        expect(matcher.search(probe, 5, { groups })).toEqual(plainSearch(within, probe, 5));
      }
      expect(matcher.search(probe, 5)).toEqual(plainSearch([...kept, ...moved], probe, 5));
    }
  });

  test('an empty gallery returns nothing', () => {
    const matcher = new ExactMatcher({ simd });
    expect(matcher.search(randomEncoding(seededRandom(1)), 5)).toEqual([]);
    expect(matcher.remove(1)).toBe(false);
    expect(matcher.size).toBe(0);
  });

  test('returns the same as the plain loop, including ties, at every size', () => {
    const random = seededRandom(11);
    for (const count of [1, 2, 3, 5, 63, 64, 65, 1023, 1024, 1025, 3000]) {
      const samples = [...gallery(count, random)];
      const matcher = fill(new ExactMatcher({ simd }), samples);
      for (const probe of probesFor(samples, random)) {
        for (const limit of [0, 1, 5, 50, 5000]) {
          expect(matcher.search(probe, limit)).toEqual(plainSearch(samples, probe, limit));
        }
      }
    }
  });

  test('searching several probes at once equals several searches', () => {
    const random = seededRandom(12);
    const samples = [...gallery(2500, random)];
    const matcher = fill(new ExactMatcher({ simd }), samples);
    const probes = probesFor(samples, random);
    expect(matcher.searchMany(probes, 7)).toEqual(probes.map((probe) => plainSearch(samples, probe, 7)));
    expect(matcher.searchMany([], 7)).toEqual([]);
  });

  test('replacing and removing in any order leaves correct results', () => {
    const random = seededRandom(13);
    const samples = new Map<number, Sample>();
    const matcher = new ExactMatcher({ simd });
    for (const sample of gallery(6000, random)) {
      const faceId = 1 + Math.floor(random() * 2500);
      if (random() < 0.35) {
        expect(matcher.remove(faceId)).toBe(samples.delete(faceId));
      } else {
        samples.set(faceId, { ...sample, faceId });
        matcher.upsert(faceId, sample.personId, sample.encoding);
      }
      expect(matcher.size).toBe(samples.size);
    }
    for (let id = 1; id <= 2500; id++) expect(matcher.has(id)).toBe(samples.has(id));
    for (const probe of probesFor([...samples.values()], random)) {
      expect(matcher.search(probe, 20)).toEqual(plainSearch(samples.values(), probe, 20));
    }
    for (const faceId of samples.keys()) matcher.remove(faceId);
    expect(matcher.search(randomEncoding(random), 5)).toEqual([]);
  });

  test('distinguishes encodings of any magnitude exactly', () => {
    const random = seededRandom(14);
    const reaches = [0, 1e-45, 1e-40, 1e-20, 1e-3, 0.2, 1, 50, 1e10, 3e38];
    const samples = Array.from({ length: 1500 }, (_, i): Sample => {
      const reach = reaches[Math.floor(random() * reaches.length)];
      return { faceId: i + 1, personId: null, encoding: randomEncoding(random, reach) };
    });
    const matcher = fill(new ExactMatcher({ simd }), samples);
    for (const reach of reaches) {
      const probe = randomEncoding(random, reach);
      expect(matcher.search(probe, 10)).toEqual(plainSearch(samples, probe, 10));
    }
  });

  test('finds the nearest by normalised distance, which is often not the nearest', () => {
    const random = seededRandom(19);
    const samples = Array.from({ length: 3000 }, (_, i): Sample => {
      return { faceId: i + 1, personId: i % 3 ? null : 1 + (i % 400), encoding: crowdedEncoding(random) };
    });
    const values = samples.map(({ encoding }) => crowding(encoding));
    expect(Math.min(...values)).toBe(LEAST_CROWDING);
    expect(Math.max(...values)).toBe(MOST_CROWDING);
    expect(new Set(values).size).toBeGreaterThan(500);
    const matcher = fill(new ExactMatcher({ simd }), samples);
    let others = 0;
    for (let i = 0; i < 60; i++) {
      const probe = i % 2 ? crowdedEncoding(random) : randomEncoding(random, 0.05, samples[i * 31]?.encoding);
      const answer = matcher.search(probe, 5);
      expect(answer).toEqual(plainSearch(samples, probe, 5));
      const nearest = samples.reduce((a, b) => (distance(probe, b.encoding) < distance(probe, a.encoding) ? b : a));
      if (nearest.faceId !== answer[0]?.faceId) others++;
    }
    expect(others).toBeGreaterThan(5);
  });

  test('a chunk of zeros is searched like any other', () => {
    const matcher = new ExactMatcher({ simd });
    for (let faceId = 1; faceId <= 1500; faceId++) matcher.upsert(faceId, null, new Float32Array(128));
    expect(matcher.search(new Float32Array(128), 2)).toEqual([
      { faceId: 1, personId: null, distance: 0 },
      { faceId: 2, personId: null, distance: 0 },
    ]);
  });

  test('supports ids beyond 32 bits', () => {
    const random = seededRandom(15);
    const samples: Sample[] = [...gallery(100, random)].map((sample) => ({
      ...sample,
      faceId: sample.faceId + (sample.faceId % 2) * 2 ** 40,
      personId: sample.personId && sample.personId + 2 ** 50,
    }));
    const matcher = fill(new ExactMatcher({ simd }), samples);
    const probe = randomEncoding(random);
    expect(matcher.search(probe, 100)).toEqual(plainSearch(samples, probe, 100));
  });

  test('works after clear', () => {
    const random = seededRandom(16);
    const matcher = fill(new ExactMatcher({ simd }), gallery(1500, random));
    matcher.clear();
    expect(matcher.size).toBe(0);
    expect(matcher.has(1)).toBe(false);
    const samples = [...gallery(20, random)];
    fill(matcher, samples);
    const probe = randomEncoding(random);
    expect(matcher.search(probe, 5)).toEqual(plainSearch(samples, probe, 5));
  });
});

test('rejects invalid samples without a change', () => {
  const matcher = new ExactMatcher();
  const encoding = new Float32Array(128);
  expect(() => matcher.upsert(1, null, encoding.subarray(1))).toThrow(EncodingError);
  expect(() => matcher.upsert(1, null, new Float32Array(128).fill(NaN))).toThrow(EncodingError);
  for (const id of [0, -1, 1.5, NaN, 2 ** 53]) {
    expect(() => matcher.upsert(id, null, encoding)).toThrow(RangeError);
    expect(() => matcher.upsert(1, id, encoding)).toThrow(RangeError);
  }
  expect(matcher.size).toBe(0);
  expect(() => matcher.search(encoding.subarray(1), 5)).toThrow(EncodingError);
});

test('a million samples: exact, in at most 1.3 times their bytes', () => {
  const count = 1_000_000;
  const matcher = new ExactMatcher();
  const random = seededRandom(18);
  const probes = [randomEncoding(random)];
  for (const { faceId, personId, encoding } of gallery(count, seededRandom(17))) {
    matcher.upsert(faceId, personId, encoding);
    if (faceId === 5 || faceId === count) probes.push(encoding, randomEncoding(random, 0.05, encoding));
  }
  expect(matcher.bytes).toBeLessThan(1.3 * 512 * count);

  const answers = matcher.searchMany(probes, 5);
  // Generated again instead of stored: a second copy of the gallery would double the memory of this test.
  const nearby: Sample[][] = probes.map(() => []);
  for (const sample of gallery(count, seededRandom(17))) {
    for (const [i, probe] of probes.entries()) {
      if (normalisedDistance(probe, sample.encoding) <= (answers[i]?.[4]?.distance ?? Infinity))
        nearby[i]?.push(sample);
    }
  }
  expect(answers).toEqual(probes.map((probe, i) => plainSearch(nearby[i] as Sample[], probe, 5)));
}, 180_000);
